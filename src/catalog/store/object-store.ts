/**
 * The port to whatever keeps the objects. Two adapters: `s3-store.ts` and `folder-store.ts`; one contract suite runs over
 * both (`tests/contract/object-store.contract.ts`). Keys are `/`-separated, `[a-z0-9/._-]`, without `.` or `..` segments
 * (`object-key.ts` says it exactly).
 */
import type { Readable } from 'node:stream';

export interface ObjectInfo {
  readonly key: string;
  readonly bytes: number;
  /** Strong entity tag with its quotes; changes whenever the content does. */
  readonly etag: string;
  readonly contentType: string | null;
  readonly cacheControl: string | null;
}

export interface PutOptions {
  readonly contentType: string;
  /** Defaults to one year, immutable: nearly everything here is content-addressed. */
  readonly cacheControl?: string;
}

/** First and last byte, both included, as in RFC 9110. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface GetResult extends ObjectInfo {
  readonly body: Readable;
  /** What of the object the body holds; null is the whole. A range that reaches beyond the end is cut there. */
  readonly range: ByteRange | null;
}

export type StoreErrorCode =
  /** No bucket, no folder, no network, or it does not answer. */
  | 'unreachable'
  /** Keys or signature refused, or the folder is not ours to write. */
  | 'denied'
  /** The disk is full, or the bucket's quota is. */
  | 'full'
  | 'invalid_key'
  /** The range asked for begins after the object's end, or is no range. */
  | 'invalid_range'
  /** The body ended early, or its hash is not what was said. */
  | 'corrupt';

/** Thrown by every method for what is not an ordinary answer. `hint` is one sentence for an operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly hint: string;

  constructor(code: StoreErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

export interface ObjectStore {
  /** For people: `folder /path` or `s3://bucket/prefix at endpoint`. Holds no secret. */
  readonly description: string;
  /** Checks that it is there and may be read (and written, if asked); throws a `StoreError` with a hint if not. */
  check(access: 'read' | 'write'): Promise<void>;
  /** Null when there is no such object. */
  head(key: string): Promise<ObjectInfo | null>;
  get(
    key: string,
    options?: { readonly range?: ByteRange; readonly signal?: AbortSignal },
  ): Promise<GetResult | null>;
  /** The whole of a small object. */
  getBytes(key: string): Promise<Uint8Array | null>;
  /** Overwrites. Readers see the old or the new whole, never a part. */
  put(key: string, body: Uint8Array, options: PutOptions): Promise<ObjectInfo>;
  /**
   * Like `put`, from a file, in parts when large (multipart on S3). A file that cannot be read gives the file system's own
   * error, not a `StoreError`.
   */
  putFile(key: string, path: string, options: PutOptions): Promise<ObjectInfo>;
  /** Create-only (`If-None-Match: *`): false when the key exists already. Exactly one of many racers gets true. */
  create(key: string, body: Uint8Array, options: PutOptions): Promise<boolean>;
  /**
   * Keys in UTF-8 order under a prefix, after a key (exclusive), fetched as they are asked for. S3 lists no metadata, so
   * `contentType` and `cacheControl` are null here with every adapter; `head` knows them.
   */
  list(prefix: string, options?: { readonly after?: string }): AsyncIterable<ObjectInfo>;
  /** Deleting what is not there is no error. */
  delete(keys: readonly string[]): Promise<void>;
  /**
   * An address that gives this one object, to anyone, until it expires (at most seven days). GET only, ranges included:
   * S3 signs the method along with the key, so a HEAD on it is refused; ask for `bytes=0-0` instead.
   */
  signedUrl(
    key: string,
    lifetimeSeconds: number,
  ): Promise<{ readonly url: string; readonly expiresAt: Date }>;
}
