import { HostFailure } from '../../contract/host-error.ts';
import type { AudioStore } from './audio-store.ts';
import type { ByteRange } from './byte-range.ts';
import { EdgeFailure } from './edge-failure.ts';
import type { AudioFile } from './edge.ts';
import type { Fetches } from './fetches.ts';
import { followFetch } from './follow.ts';
import { resumedBytes, type ByteSource } from './resumed-bytes.ts';
import { DamagedAudio, readSealed } from './sealed-audio/sealed-reading.ts';
import type { TrackFetch } from './track-fetch.ts';

export interface Reader {
  /** Exactly the bytes of a range, from wherever they can be had. Throws when some of them cannot. */
  bytesOf(file: AudioFile, range: ByteRange, signal: AbortSignal): AsyncGenerator<Uint8Array, void>;
}

/** A fetch may end under a reader (stopped, another entity tag, damage): it is begun anew, but not for ever. */
const MOST_BEGINNINGS = 4;

const isDiskTrouble = (cause: unknown): boolean =>
  cause instanceof DamagedAudio || (cause instanceof HostFailure && cause.code === 'storage_failed');

/**
 * From the disk; else out of the fetch that writes it there; else, when it cannot be kept, straight from the edge. Where one of
 * them gives out in the middle the next one goes on at the very byte, and what is damaged on the disk is fetched again.
 */
export const createReader = (options: {
  readonly store: () => AudioStore;
  readonly fetches: Fetches;
  readonly source: ByteSource;
}): Reader => {
  const { store, fetches, source } = options;

  const straight = (file: AudioFile, range: ByteRange, signal: AbortSignal) =>
    resumedBytes(source, { file, range, etag: null, onEtag: () => undefined, isUrgent: () => true }, signal);

  async function* bytesOf(
    file: AudioFile,
    range: ByteRange,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void> {
    let position = range.first;
    const left = (): ByteRange => ({ first: position, last: range.last });

    async function* counted(bytes: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
      for await (const chunk of bytes) {
        position += chunk.byteLength;
        yield chunk;
      }
    }

    for (let beginning = 1; position <= range.last; beginning += 1) {
      signal.throwIfAborted();
      const opened = await store()
        .openWhole(file.sha256)
        .catch((error: unknown) => {
          fetches.diskFailed(error);
          return null;
        });
      if (opened !== null) {
        try {
          yield* counted(readSealed(opened.handle, opened.keys, file.bytes, left()));
        } catch (error) {
          if (!(error instanceof DamagedAudio)) throw error;
          // Another reader may have come to the damage first: what lies there by now is fetched anew, and whole.
          if (opened.isCurrent()) await fetches.damaged(file, error);
        }
        continue;
      }
      const fetch = beginning > MOST_BEGINNINGS ? null : await fetches.of(file);
      if (fetch === 'whole') continue;
      if (fetch === null) {
        yield* counted(straight(file, left(), signal));
        return;
      }
      const trouble = yield* followed(fetch);
      if (trouble === null) continue;
      if (isDiskTrouble(trouble)) {
        fetches.diskFailed(trouble);
        yield* counted(straight(file, left(), signal));
        return;
      }
      if (!(trouble instanceof EdgeFailure && trouble.kind === 'changed')) throw trouble;
      await fetch.settled;
    }

    /** Gives what the fetch failed of; null when it did not. */
    async function* followed(fetch: TrackFetch): AsyncGenerator<Uint8Array, unknown> {
      try {
        yield* counted(followFetch(fetch, left(), signal));
      } catch (error) {
        if (error instanceof DamagedAudio) return error;
        throw error;
      }
      const state = fetch.state();
      return position <= range.last && state.kind === 'failed' ? state.cause : null;
    }
  }
  return { bytesOf };
};
