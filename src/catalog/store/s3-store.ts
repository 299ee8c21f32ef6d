/** The store in a bucket: AWS, and whatever else speaks S3 and honours `If-None-Match: *`. */
import { constants, createReadStream } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { IMMUTABLE_FOR_A_YEAR } from './content-types.ts';
import { assertLifetime } from './object-address.ts';
import { wholeBody } from './object-body.ts';
import { assertKeyPrefix, assertObjectKey } from './object-key.ts';
import { assertByteRange, invalidRange, rangeWithin } from './object-range.ts';
import { StoreError, type ObjectInfo, type ObjectStore, type PutOptions } from './object-store.ts';
import { createS3Client, type S3ClientOptions } from './s3-client.ts';
import { createOnly } from './s3-create.ts';
import { s3Error, s3NameOf, s3StatusOf } from './s3-errors.ts';

export interface S3StoreOptions extends S3ClientOptions {
  readonly bucket: string;
  /** Without slashes at its ends; every key lies below it. */
  readonly prefix?: string;
  /** Instead of the one that the other options describe. */
  readonly client?: S3Client;
}

/** Up to here a file is read whole and sent in one request, which can be sent again; above, in parts. */
const MULTIPART_ABOVE_BYTES = 16 * 1024 * 1024;
/** 10,000 parts of this size are 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 4;
/** S3's own limit for one request. */
const DELETES_AT_ONCE = 1000;
/** Overwritten by every check, so that nothing piles up where deleting is not allowed. */
const PROBE_KEY = 'checks/create-only';

const locationOf = ({ bucket, prefix, endpoint }: S3StoreOptions): string => {
  const place = `s3://${bucket}${prefix === undefined || prefix === '' ? '' : `/${prefix}`}`;
  return endpoint === undefined ? place : `${place} at ${endpoint}`;
};

export const createS3Store = (options: S3StoreOptions): ObjectStore => {
  const client = options.client ?? createS3Client(options);
  const description = locationOf(options);
  const Bucket = options.bucket;
  const prefix = options.prefix === undefined || options.prefix === '' ? '' : `${options.prefix}/`;
  const at = (key: string): { readonly Bucket: string; readonly Key: string } => ({
    Bucket,
    Key: `${prefix}${key}`,
  });

  const guarded = async <Value>(action: string, work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw s3Error(`${description}: ${action}`, error);
    }
  };

  const missingTag = (key: string): StoreError =>
    new StoreError(
      'unreachable',
      `${description}: no entity tag or length for ${key}`,
      'The server leaves out what S3 always says; it cannot be used.',
    );

  const described = (
    options: PutOptions,
  ): { readonly ContentType: string; readonly CacheControl: string } => ({
    ContentType: options.contentType,
    CacheControl: options.cacheControl ?? IMMUTABLE_FOR_A_YEAR,
  });

  const infoOf = (
    key: string,
    bytes: number | undefined,
    etag: string | undefined,
    type: string | null,
    cacheControl: string | null,
  ): ObjectInfo => {
    if (bytes === undefined || etag === undefined) throw missingTag(key);
    return { key, bytes, etag, contentType: type, cacheControl };
  };

  const put: ObjectStore['put'] = async (key, body, putOptions) => {
    assertObjectKey(key);
    return guarded(`writing ${key}`, async () => {
      const headers = described(putOptions);
      const answer = await client.send(new PutObjectCommand({ ...at(key), ...headers, Body: body }));
      return infoOf(key, body.byteLength, answer.ETag, headers.ContentType, headers.CacheControl);
    });
  };

  const head: ObjectStore['head'] = async (key) => {
    assertObjectKey(key);
    return guarded(`looking at ${key}`, async () => {
      try {
        const answer = await client.send(new HeadObjectCommand(at(key)));
        return infoOf(
          key,
          answer.ContentLength,
          answer.ETag,
          answer.ContentType ?? null,
          answer.CacheControl ?? null,
        );
      } catch (error) {
        if (s3StatusOf(error) === 404) return null;
        throw error;
      }
    });
  };

  const get: ObjectStore['get'] = async (key, { range, signal } = {}) => {
    assertObjectKey(key);
    if (range !== undefined) assertByteRange(key, range);
    signal?.throwIfAborted();
    try {
      const answer = await client.send(
        new GetObjectCommand({
          ...at(key),
          ...(range === undefined ? {} : { Range: `bytes=${range.first}-${range.last}` }),
        }),
        signal === undefined ? {} : { abortSignal: signal },
      );
      const length = answer.ContentLength;
      const total = range === undefined ? length : Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1]);
      if (length === undefined || total === undefined || Number.isNaN(total)) throw missingTag(key);
      if (!(answer.Body instanceof Readable)) throw missingTag(key);
      const body = wholeBody(
        answer.Body,
        { key, bytes: length },
        (cause) => s3Error(`${description}: reading ${key}`, cause),
        signal,
      );
      const info = infoOf(key, total, answer.ETag, answer.ContentType ?? null, answer.CacheControl ?? null);
      return { ...info, body, range: range === undefined ? null : rangeWithin(key, range, total) };
    } catch (error) {
      signal?.throwIfAborted();
      if (s3NameOf(error) === 'NoSuchKey') return null;
      if (range !== undefined && s3StatusOf(error) === 416) throw invalidRange(key, range);
      throw s3Error(`${description}: reading ${key}`, error);
    }
  };

  /** A server that ignores the condition would let two publishers overwrite each other in silence. */
  const proveCreateOnly = async (): Promise<void> => {
    const probe = { ...at(PROBE_KEY), Body: new Uint8Array(1), ContentType: 'application/octet-stream' };
    await client.send(new PutObjectCommand({ ...probe, CacheControl: 'no-store' }));
    if (!(await createOnly(client, probe))) return;
    throw new StoreError(
      'unreachable',
      `${description} ignores "If-None-Match: *"`,
      'This S3 cannot keep a catalog: choose one with conditional writes (AWS, Ceph, MinIO, R2, Garage).',
    );
  };

  return {
    description,

    check: (access) =>
      guarded('checking', async () => {
        await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 1 }));
        if (access === 'write') await proveCreateOnly();
      }),

    head,

    get,

    getBytes: async (key) => {
      const found = await get(key);
      if (found === null) return null;
      return guarded(`reading ${key}`, async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of found.body) chunks.push(chunk);
        return Buffer.concat(chunks);
      });
    },

    put,

    putFile: async (key, path, putOptions) => {
      assertObjectKey(key);
      await access(path, constants.R_OK);
      const { size } = await stat(path);
      if (size <= MULTIPART_ABOVE_BYTES) return put(key, await readFile(path), putOptions);
      return guarded(`writing ${key}`, async () => {
        const params = { ...at(key), ...described(putOptions), Body: createReadStream(path) };
        await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done();
        // Asked for, as not every server tells the tag of an object of parts; and it shows whether all of them arrived.
        const stored = await head(key);
        if (stored?.bytes === size) return stored;
        throw new StoreError(
          'corrupt',
          `${description}: ${key} has ${stored?.bytes ?? 0} of ${size} bytes`,
          'The file changed while it was sent, or the server lost a part: send it again.',
        );
      });
    },

    create: async (key, body, putOptions) => {
      assertObjectKey(key);
      return guarded(`creating ${key}`, () =>
        createOnly(client, { ...at(key), ...described(putOptions), Body: body }),
      );
    },

    async *list(keyPrefix, { after } = {}) {
      assertKeyPrefix(keyPrefix);
      let token: string | undefined;
      do {
        const page = await guarded(`listing ${keyPrefix}`, () =>
          client.send(
            new ListObjectsV2Command({
              Bucket,
              Prefix: `${prefix}${keyPrefix}`,
              ...(after === undefined ? {} : { StartAfter: `${prefix}${after}` }),
              ...(token === undefined ? {} : { ContinuationToken: token }),
            }),
          ),
        );
        for (const { Key, Size, ETag } of page.Contents ?? []) {
          const key = (Key ?? '').slice(prefix.length);
          yield infoOf(key, Size, ETag, null, null);
        }
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },

    delete: async (keys) => {
      for (const key of keys) assertObjectKey(key);
      await guarded('deleting', async () => {
        for (let first = 0; first < keys.length; first += DELETES_AT_ONCE) {
          const Objects = keys.slice(first, first + DELETES_AT_ONCE).map((key) => ({ Key: at(key).Key }));
          const answer = await client.send(
            new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
          );
          const failure = answer.Errors?.find(({ Code }) => Code !== 'NoSuchKey');
          if (failure === undefined) continue;
          throw Object.assign(new Error(`${failure.Key}: ${failure.Message}`), { name: failure.Code });
        }
      });
    },

    signedUrl: async (key, lifetimeSeconds) => {
      assertObjectKey(key);
      assertLifetime(lifetimeSeconds);
      return guarded(`signing ${key}`, async () => {
        const { expiration } = await client.config.credentials();
        const signingDate = new Date(Math.floor(Date.now() / 1000) * 1000);
        const url = await getSignedUrl(client, new GetObjectCommand(at(key)), {
          expiresIn: lifetimeSeconds,
          signingDate,
        });
        const diesMs = signingDate.getTime() + lifetimeSeconds * 1000;
        // An address made with a session's keys dies with the session.
        return { url, expiresAt: new Date(Math.min(diesMs, expiration?.getTime() ?? Infinity)) };
      });
    },
  };
};
