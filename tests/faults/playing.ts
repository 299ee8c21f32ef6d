/** Plays from a cache and holds every byte against the audio. */
import type { ByteRange } from '../../src/main/track-cache/byte-range.ts';
import type { TrackCache } from '../../src/main/track-cache/cache-contract.ts';

/**
 * - `right`: every byte, and no other.
 * - `failed`: it could not be had, and said so; `isRightSoFar` tells of the bytes before that.
 * - `wrong`: it ended as if it were right.
 */
export type Play =
  | { readonly kind: 'right' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly isRightSoFar: boolean }
  | { readonly kind: 'wrong' };

/** Bytes of a stream beside those that they should be. */
const compareStream = async (stream: ReadableStream<Uint8Array>, expected: Uint8Array): Promise<Play> => {
  let position = 0;
  let isRight = true;
  try {
    for await (const chunk of stream) {
      const wanted = expected.subarray(position, position + chunk.byteLength);
      isRight &&= Buffer.compare(chunk, wanted) === 0;
      position += chunk.byteLength;
    }
  } catch (error) {
    return { kind: 'failed', error, isRightSoFar: isRight };
  }
  return isRight && position === expected.byteLength ? { kind: 'right' } : { kind: 'wrong' };
};

/** A range of a track, all of it unless said otherwise. */
export const play = async (
  cache: TrackCache,
  trackId: string,
  audio: Uint8Array,
  range: ByteRange = { first: 0, last: audio.byteLength - 1 },
): Promise<Play> => {
  try {
    const stream = await cache.read(await cache.describe(trackId), range);
    return await compareStream(stream, audio.subarray(range.first, range.last + 1));
  } catch (error) {
    return { kind: 'failed', error, isRightSoFar: true };
  }
};
