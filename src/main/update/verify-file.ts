import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** What a file must be. */
export interface ExpectedFile {
  readonly sizeBytes: number;
  /** Base64. */
  readonly sha512: string;
}

/** Rejects with the file system's own error. */
export const describeFile = async (path: string): Promise<ExpectedFile> => {
  await using file = await open(path, 'r');
  const hash = createHash('sha512');
  let sizeBytes = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha512: hash.digest('base64') };
};

/** Whether a file is, byte for byte, what was signed. Rejects with the file system's own error. */
export const isExactly = async (path: string, expected: ExpectedFile): Promise<boolean> => {
  const found = await describeFile(path);
  return found.sizeBytes === expected.sizeBytes && found.sha512 === expected.sha512;
};
