/** What a key may be, for both adapters alike: what one takes, the other takes. */
import { StoreError } from './object-store.ts';

/** S3's own limit; ours are ASCII, so characters are bytes. */
const LONGEST_KEY = 1024;
/** File systems stop at 255 bytes a name; the rest is left for what an adapter adds to it. */
const LONGEST_SEGMENT = 200;
// No segment ends in a dot: that excludes `.` and `..`, and Windows drops such dots, so two keys would be one file.
const SEGMENT = /^[a-z0-9._-]*[a-z0-9_-]$/;
const PREFIX = /^(?:[a-z0-9._-]+\/)*[a-z0-9._-]*$/;

export const isObjectKey = (text: string): boolean =>
  text.length <= LONGEST_KEY &&
  text.split('/').every((segment) => segment.length <= LONGEST_SEGMENT && SEGMENT.test(segment));

/** One name of a key, as a folder holds it. */
export const isKeySegment = (name: string): boolean => name.length <= LONGEST_SEGMENT && SEGMENT.test(name);

/** Throws `invalid_key`. */
export const assertObjectKey = (key: string): void => {
  if (isObjectKey(key)) return;
  throw new StoreError(
    'invalid_key',
    `not an object key: ${JSON.stringify(key.slice(0, 200))}`,
    'Keys are lower-case letters, digits, ".", "_" and "-" between slashes, at most 1024 characters.',
  );
};

/** A prefix may end anywhere in a key, and be empty. Throws `invalid_key`. */
export const assertKeyPrefix = (prefix: string): void => {
  const segments = prefix.split('/');
  if (PREFIX.test(prefix) && segments.slice(0, -1).every(isKeySegment)) return;
  throw new StoreError(
    'invalid_key',
    `not the beginning of an object key: ${JSON.stringify(prefix.slice(0, 200))}`,
    'A prefix is the beginning of a key, such as "audio/" or "audio/ab".',
  );
};
