/** Sends what never changes again, once. */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { IMMUTABLE_FOR_A_YEAR } from '../../src/catalog/store/content-types.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { ReleaseError } from './release-error.ts';
import { assertUnchanged, type ReleaseFile } from './release-folder.ts';
import { claimKey, feedKey } from './release-keys.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  exe: 'application/vnd.microsoft.portable-executable',
  zip: 'application/zip',
  dmg: 'application/x-apple-diskimage',
  deb: 'application/vnd.debian.binary-package',
};
const contentTypeOf = (name: string): string =>
  CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

const claimSchema = z.object({ format: z.literal(1), sha512: z.string(), sizeBytes: z.int() });

const otherBytes = (name: string): ReleaseError =>
  new ReleaseError(
    `${name} is in the feed already, with other bytes.`,
    'What was handed out once is never replaced, for edges and apps keep it: give the build another version.',
  );

const readClaim = async (store: ObjectStore, name: string): Promise<z.infer<typeof claimSchema> | null> => {
  const bytes = await store.getBytes(claimKey(name));
  return bytes === null ? null : claimSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
};

const sha512InStore = async (store: ObjectStore, name: string): Promise<string | null> => {
  const found = await store.get(feedKey(name));
  if (found === null) return null;
  const hash = createHash('sha512');
  await pipeline(found.body, hash);
  return hash.digest('base64');
};

/**
 * A name is claimed for its bytes before they are sent, by a create-only write: of two publishers with different bytes one is
 * refused, and one that was killed finds by the claim that what is there is its own, without reading it back. What others put there
 * without a claim is read, and believed only when it is the same.
 */
const claim = async (store: ObjectStore, { name, sha512, sizeBytes }: ReleaseFile): Promise<void> => {
  let claimed = await readClaim(store, name);
  if (claimed === null) {
    const there = await sha512InStore(store, name);
    if (there !== null && there !== sha512) throw otherBytes(name);
    const body = Buffer.from(JSON.stringify({ format: 1, sha512, sizeBytes }));
    const options = { contentType: 'application/json', cacheControl: 'no-store' };
    if (await store.create(claimKey(name), body, options)) return;
    claimed = await readClaim(store, name);
  }
  if (claimed?.sha512 !== sha512) throw otherBytes(name);
};

/** Says whether it had to be sent. Throws a `ReleaseError` when other bytes have the name, or the file changes meanwhile. */
export const uploadOnce = async (store: ObjectStore, file: ReleaseFile): Promise<'sent' | 'there'> => {
  const { name, path, sizeBytes } = file;
  await claim(store, file);
  const there = await store.head(feedKey(name));
  if (there?.bytes === sizeBytes) return 'there';
  await assertUnchanged(file);
  await store.putFile(feedKey(name), path, {
    contentType: contentTypeOf(name),
    cacheControl: IMMUTABLE_FOR_A_YEAR,
  });
  await assertUnchanged(file);
  return 'sent';
};
