import type { MediaAddress } from '../../contract/catalog-http.ts';
import type { Clock } from '../ports.ts';
import { createLruMap } from '../storage/lru-map.ts';

export interface AddressBook {
  /** A usable signed address; asks the service only when none is known. Callers at the same time share one question. */
  get(trackId: string): Promise<MediaAddress>;
  /** The edge refused this address: forget it, so that the next `get` asks again. */
  refused(trackId: string, address: MediaAddress): void;
}

const REMEMBERED_ADDRESSES = 500;
/** An address this close to its end is not begun with. */
const MARGIN_MS = 5_000;

/** Signed addresses, kept for as long as they hold. They never leave the main process and are never written to disk. */
export const createAddressBook = (options: {
  readonly resolve: (trackId: string) => Promise<MediaAddress>;
  readonly clock: Clock;
}): AddressBook => {
  const { resolve, clock } = options;
  const known = createLruMap<string, MediaAddress>(REMEMBERED_ADDRESSES);
  const asking = new Map<string, Promise<MediaAddress>>();

  const ask = async (trackId: string): Promise<MediaAddress> => {
    try {
      const address = await resolve(trackId);
      known.set(trackId, address);
      return address;
    } finally {
      asking.delete(trackId);
    }
  };

  return {
    async get(trackId) {
      const address = known.get(trackId);
      if (address !== undefined && Date.parse(address.expiresAt) - MARGIN_MS > clock.now()) return address;
      const already = asking.get(trackId);
      if (already !== undefined) return already;
      const question = ask(trackId);
      asking.set(trackId, question);
      return question;
    },
    refused(trackId, address) {
      if (known.get(trackId)?.url === address.url) known.delete(trackId);
    },
  };
};
