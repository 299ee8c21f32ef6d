import { createHash } from 'node:crypto';
import { LARGEST_AD_BYTES, type AdBreak } from '../../contract/ads-http.ts';
import type { Log } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';

type OfferedSpot = AdBreak['spots'][number];

/** A spot with its audio, which is what its SHA-256 says. */
export interface FetchedSpot {
  readonly offered: OfferedSpot;
  readonly audio: Uint8Array<ArrayBuffer>;
}

/** Why it did not come. Never holds the address: that is signed. */
class SpotFailure extends Error {
  override readonly name = 'SpotFailure';
}

const readAtMost = async (response: Response, bytes: number): Promise<Uint8Array<ArrayBuffer>> => {
  const audio = new Uint8Array(bytes);
  let length = 0;
  for await (const chunk of response.body ?? []) {
    if (length + chunk.byteLength > bytes) throw new SpotFailure('more bytes than were said');
    audio.set(chunk, length);
    length += chunk.byteLength;
  }
  if (length < bytes) throw new SpotFailure(`${length} of ${bytes} bytes`);
  return audio;
};

const fetchAudio = async (
  { media }: OfferedSpot,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (media.bytes === 0 || media.bytes > LARGEST_AD_BYTES) throw new SpotFailure(`${media.bytes} bytes`);
  const response = await fetch(media.url, { signal, headers: { 'accept-encoding': 'identity' } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new SpotFailure(`answered ${response.status}`);
  }
  const audio = await readAtMost(response, media.bytes);
  if (createHash('sha256').update(audio).digest('hex') !== media.sha256)
    throw new SpotFailure('its bytes are not those that were said');
  return audio;
};

const reasonOf = (error: unknown, signal: AbortSignal): string => {
  if (error instanceof SpotFailure) return error.message;
  return signal.aborted ? 'not in time' : (systemErrorCode(error) ?? 'connection lost');
};

/** The audio of each spot, all at once. A spot that does not come before the signal aborts, or comes wrong, is left out. */
export const fetchSpots = async (
  spots: readonly OfferedSpot[],
  options: { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal; readonly log: Log },
): Promise<readonly FetchedSpot[]> => {
  const { fetch, signal, log } = options;
  const fetched = await Promise.all(
    spots.map(async (offered): Promise<FetchedSpot | null> => {
      try {
        return { offered, audio: await fetchAudio(offered, fetch, signal) };
      } catch (error) {
        log.info('ad left out', { spot: offered.id, reason: reasonOf(error, signal) });
        return null;
      }
    }),
  );
  return fetched.filter((spot) => spot !== null);
};
