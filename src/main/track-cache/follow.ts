import type { ByteRange } from './byte-range.ts';
import type { TrackFetch } from './track-fetch.ts';

/** A chunk handed to a reader: large enough to be cheap, small enough to be there at once. */
const LARGEST_BYTES = 64 * 1024;

/** Rejects when the reader goes away, for racing against what may take long. */
const departure = (signal: AbortSignal): Promise<never> => {
  const gone = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  gone.catch(() => undefined);
  return gone;
};

/** The bytes of a range out of a file that is being fetched, for as long as it is: it ends early when the fetch does. */
export async function* followFetch(
  fetch: TrackFetch,
  range: ByteRange,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  signal.throwIfAborted();
  const follower = fetch.follow(range.first);
  const gone = departure(signal);
  let position = range.first;
  try {
    while (position <= range.last) {
      signal.throwIfAborted();
      const ready = Math.min(fetch.readableFrom(position), range.last + 1 - position);
      if (ready > 0) {
        const bytes = await fetch.read(position, Math.min(ready, LARGEST_BYTES));
        position += bytes.byteLength;
        follower.at(position);
        yield bytes;
        continue;
      }
      if (fetch.state().kind !== 'fetching') return;
      await follower.wait(fetch.changed(), gone);
    }
  } finally {
    follower.leave();
  }
}
