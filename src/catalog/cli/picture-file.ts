import { readFile, stat } from 'node:fs/promises';
import { OptionError } from './command-failure.ts';

/** What the app takes; a picture of 512 by 512 pixels is far below. */
const MOST_BYTES = 256 * 1024;
const HINT = 'It is a PNG, JPEG or WebP file of at most 256 kB; 512 by 512 pixels are enough.';

/** By its first bytes; the name of a file says nothing. */
const contentTypeOf = (bytes: Buffer): string | null => {
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'image/webp' : null;
};

/** The picture by which listeners know an installation. Throws `OptionError` for what is none. */
export const readPicture = async (
  path: string,
): Promise<{ readonly bytes: Uint8Array; readonly contentType: string }> => {
  let bytes: Buffer;
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new OptionError(`--picture is too large: ${path}`, HINT);
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw new OptionError(`--picture cannot be read: ${String(error)}`, HINT, { cause: error });
  }
  const contentType = contentTypeOf(bytes);
  if (contentType === null) throw new OptionError(`--picture is no picture that is taken: ${path}`, HINT);
  return { bytes, contentType };
};
