import { catalogPaths } from '../../contract/catalog-http.ts';

const MOST_BYTES = 256 * 1024;

const startsWith = (bytes: Uint8Array, start: readonly number[], offset = 0): boolean =>
  start.every((byte, index) => bytes[offset + index] === byte);

const text = (letters: string): readonly number[] => Array.from(letters, (letter) => letter.charCodeAt(0));

/** By what the bytes say of themselves (PNG and JPEG signatures, RIFF container of WebP), never by what somebody says of them. */
export const pictureType = (bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null => {
  if (startsWith(bytes, [0x89, ...text('PNG'), 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  return startsWith(bytes, text('RIFF')) && startsWith(bytes, text('WEBP'), 8) ? 'image/webp' : null;
};

/** Null when it is larger than it may be. */
export const readAtMost = async (response: Response, mostBytes: number): Promise<Uint8Array | null> => {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes > mostBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
};

/** The service's picture as a data URL. Null when there is none to be had: it is an ornament. */
export const fetchServicePicture = async (options: {
  readonly serviceUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}): Promise<string | null> => {
  const { serviceUrl, fetch, signal } = options;
  try {
    const response = await fetch(`${serviceUrl}${catalogPaths.servicePicture}`, { signal });
    const bytes = response.ok ? await readAtMost(response, MOST_BYTES) : null;
    if (bytes === null) {
      if (!response.bodyUsed) await response.body?.cancel();
      return null;
    }
    const type = pictureType(bytes);
    return type === null ? null : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  } catch {
    // No answer, or not in time: the name alone will do.
    return null;
  }
};
