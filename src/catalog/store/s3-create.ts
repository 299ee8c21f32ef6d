/** Create-only writing on S3: the one promise that all changing state stands on, so it has a file of its own. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { s3AttemptsOf, s3NameOf, s3StatusOf } from './s3-errors.ts';

const WRITE_ID = 'riffle-write-id';
const MOST_CONFLICTS = 8;

/**
 * `If-None-Match: *`: true when this call wrote the object, false when the key is taken.
 *
 * - 409 means that another writer is at the same key this moment; nothing is decided, so it is tried again (AWS: "Conditional
 *   writes", ConditionalRequestConflict).
 * - 412 after an attempt whose answer was lost may be our own success. Each call marks its object with an id of its own, and
 *   that id, not the content, says whose it is: two writers may well write the same bytes.
 */
export const createOnly = async (
  client: S3Client,
  request: PutObjectCommandInput & { readonly Bucket: string; readonly Key: string },
): Promise<boolean> => {
  const writeId = randomUUID();
  let attempts = 0;
  for (let conflicts = 0; ; conflicts++) {
    try {
      await client.send(
        new PutObjectCommand({ ...request, IfNoneMatch: '*', Metadata: { [WRITE_ID]: writeId } }),
      );
      return true;
    } catch (error) {
      attempts += s3AttemptsOf(error);
      const isTaken = s3StatusOf(error) === 412 || s3NameOf(error) === 'PreconditionFailed';
      if (isTaken && attempts === 1) return false;
      if (isTaken) {
        const there = await client.send(new HeadObjectCommand({ Bucket: request.Bucket, Key: request.Key }));
        return there.Metadata?.[WRITE_ID] === writeId;
      }
      if (s3StatusOf(error) !== 409 || conflicts === MOST_CONFLICTS) throw error;
      await wait(Math.random() * 50 * 2 ** conflicts);
    }
  }
};
