import type { MediaQuery } from '../../contract/account-http.ts';
import type { MediaAddress } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { QUALITIES, type Quality } from '../../core/entitlement/entitlement.ts';
import type { Clock } from '../ports.ts';
import { createLruMap } from '../storage/lru-map.ts';

/** Asks the service for an address; rejects with its `HostFailure`. */
export type ResolveMedia = (trackId: string, query?: MediaQuery) => Promise<MediaAddress>;

export interface AddressBook {
  /**
   * A usable signed address of a track, in the quality asked for or the best that comes near it, by default the best there is for
   * the listener; asks the service only when none is known. Callers at the same time share one question.
   */
  get(
    trackId: string,
    wish?: { readonly purpose?: 'play' | 'keep'; readonly quality?: Quality | undefined },
  ): Promise<MediaAddress>;
  /** Of exactly this file of the track; null when it is no longer one of the track's. */
  ofFile(file: { readonly trackId: string; readonly sha256: string }): Promise<MediaAddress | null>;
  /** The edge refused this address: forget it, so that the next `get` asks again. */
  refused(trackId: string, address: MediaAddress): void;
}

const REMEMBERED_ADDRESSES = 1_000;
/** An address this close to its end is not begun with. */
const MARGIN_MS = 5_000;

/** Whether audio with this hash is the track's, in whatever quality. */
export const isAudioOf = (address: MediaAddress, sha256: string): boolean =>
  address.sha256 === sha256 || address.others?.some((other) => other.sha256 === sha256) === true;

/** Signed addresses, kept for as long as they hold. They never leave the main process and are never written to disk. */
export const createAddressBook = (options: {
  readonly resolve: ResolveMedia;
  readonly clock: Clock;
}): AddressBook => {
  const { resolve, clock } = options;
  const known = createLruMap<string, MediaAddress>(REMEMBERED_ADDRESSES);
  const asking = new Map<string, Promise<MediaAddress>>();

  const ask = async (key: string, trackId: string, query: MediaQuery): Promise<MediaAddress> => {
    try {
      const address = await resolve(trackId, query).catch((error: unknown) => {
        // The tier is another than was known here: then what that one may have.
        const isTooMuch = error instanceof HostFailure && error.code === 'premium_required';
        if (!isTooMuch || query.quality === undefined) throw error;
        return resolve(trackId, { purpose: query.purpose });
      });
      known.set(key, address);
      known.set(fileKeyOf(trackId, address.sha256), address);
      return address;
    } finally {
      asking.delete(key);
    }
  };
  const keyOf = (trackId: string, quality?: Quality): string =>
    quality === undefined ? trackId : `${trackId} ${quality}`;

  const fileKeyOf = (trackId: string, sha256: string): string => `${trackId} ${sha256}`;
  const usable = (key: string): MediaAddress | null => {
    const address = known.get(key);
    return address !== undefined && Date.parse(address.expiresAt) - MARGIN_MS > clock.now() ? address : null;
  };

  const find = async (trackId: string, query: MediaQuery): Promise<MediaAddress> => {
    const key = keyOf(trackId, query.quality);
    const address = usable(key);
    if (address !== null) return address;
    const already = asking.get(key);
    if (already !== undefined) return already;
    const question = ask(key, trackId, query);
    asking.set(key, question);
    return question;
  };

  return {
    get: (trackId, { purpose = 'play', quality } = {}) =>
      find(trackId, quality === undefined ? { purpose } : { purpose, quality }),
    async ofFile({ trackId, sha256 }) {
      const asked = usable(fileKeyOf(trackId, sha256));
      if (asked !== null) return asked;
      const best = await find(trackId, { purpose: 'play' });
      if (best.sha256 === sha256) return best;
      const other = best.others?.find((each) => each.sha256 === sha256);
      return other === undefined ? null : find(trackId, { purpose: 'play', quality: other.quality });
    },
    refused(trackId, address) {
      const inQualities = QUALITIES.map((quality) => keyOf(trackId, quality));
      for (const key of [trackId, fileKeyOf(trackId, address.sha256), ...inQualities]) {
        if (known.get(key)?.url === address.url) known.delete(key);
      }
    },
  };
};
