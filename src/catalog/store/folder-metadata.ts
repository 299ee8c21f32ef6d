/**
 * Content type and cache control. Nearly always the key's extension and the default say them, and nothing is kept; what
 * differs lies in a small file named by the object's etag, written before the object gets its name.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { contentTypeOf, IMMUTABLE_FOR_A_YEAR } from './content-types.ts';
import { isMissing } from './folder-errors.ts';
import type { FolderLayout } from './folder-layout.ts';
import { StoreError, type PutOptions } from './object-store.ts';

const metadataSchema = z.object({ contentType: z.string(), cacheControl: z.string() });
export type ObjectMetadata = Readonly<z.infer<typeof metadataSchema>>;

const derivedMetadata = (key: string): ObjectMetadata => ({
  contentType: contentTypeOf(key),
  cacheControl: IMMUTABLE_FOR_A_YEAR,
});

export const metadataOf = (options: PutOptions): ObjectMetadata => ({
  contentType: options.contentType,
  cacheControl: options.cacheControl ?? IMMUTABLE_FOR_A_YEAR,
});

export const readMetadata = async (
  layout: FolderLayout,
  key: string,
  etag: string,
): Promise<ObjectMetadata> => {
  const path = layout.metadataPath(key, etag);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return derivedMetadata(key);
    throw error;
  }
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreError(
      'corrupt',
      `${path} is damaged`,
      'Remove that file; the type follows the extension.',
      {
        cause: error,
      },
    );
  }
};

/** Before the object is in its place. Gives what takes it back, for a writer that lost or failed. */
export const writeMetadata = async (
  layout: FolderLayout,
  key: string,
  etag: string,
  metadata: ObjectMetadata,
): Promise<() => Promise<void>> => {
  const derived = derivedMetadata(key);
  if (derived.contentType === metadata.contentType && derived.cacheControl === metadata.cacheControl)
    return async () => {};
  const path = layout.metadataPath(key, etag);
  await mkdir(dirname(path), { recursive: true });
  // Needs no rename: no reader looks for this name before the object it belongs to is there.
  await writeFile(path, JSON.stringify(metadata), { flush: true });
  return () => rm(path, { force: true });
};

export const removeMetadata = (layout: FolderLayout, key: string, etag: string): Promise<void> =>
  rm(layout.metadataPath(key, etag), { force: true });
