import { isDeepStrictEqual } from 'node:util';
import { higherQuality } from '../../core/entitlement/wanted-quality.ts';
import type { Log } from '../ports.ts';
import { createLruMap } from '../storage/lru-map.ts';
import { isAudioOf, type AddressBook } from './address-book.ts';
import type { AudioStore } from './audio-store.ts';
import type { AudioFile } from './edge.ts';
import type { Entry } from './entry-index.ts';
import type { QualityWish, QualityWishes } from './quality-wish.ts';

/** What plays, what comes next, and some more. */
const REMEMBERED_BEGINNINGS = 50;

export interface FileChoice {
  /** The file that a track plays, or is kept as. Rejects with the service's `HostFailure`. */
  choose(trackId: string, purpose: 'play' | 'keep'): Promise<AudioFile>;
  /** The file is not the track's any more, or cannot be had: the next choice is free. */
  forget(trackId: string): void;
  /** Something became whole, or something else plays: what was fetched anew is not needed twice. */
  dropSuperseded(): Promise<void>;
}

const saysAsMuch = (entry: Entry, { audio, goodFor }: AudioFile): boolean =>
  entry.goodFor === goodFor && isDeepStrictEqual(entry.audio, audio);

/**
 * Which file of a track. What is here plays, unless it is less than the listener has set, the network is there and it is not kept
 * on purpose: then it is fetched anew, and what was here goes when that is whole. What plays stays the same file to its end,
 * whatever the line does meanwhile. What is kept on purpose plays as it is kept.
 */
export const createFileChoice = (options: {
  readonly store: () => AudioStore;
  readonly addresses: AddressBook;
  /** Left out: the best there is for the listener, and nothing is fetched anew. */
  readonly wishes: QualityWishes | undefined;
  /** What plays, or is being fetched or read. */
  readonly isInUse: (trackId: string, sha256: string) => boolean;
  readonly isPinned: (trackId: string) => boolean;
  readonly isNetworkGone: () => boolean;
  /** What is here plays: told behind it. */
  readonly onPlaysFromDisk: (file: AudioFile) => void;
  readonly onDiskFailed: (error: unknown) => void;
  readonly log: Log;
}): FileChoice => {
  const { store, addresses, wishes, isInUse, isPinned, isNetworkGone, log } = options;
  /** What a track was begun as. */
  const begun = createLruMap<string, AudioFile>(REMEMBERED_BEGINNINGS);
  /** By track, what is to go when the track's other file is whole. */
  const superseded = new Map<string, string>();

  const isGoodEnough = (
    { goodFor }: Entry,
    wish: QualityWish | undefined,
    trackId: string,
    purpose: 'play' | 'keep',
  ): boolean => {
    if (wish === undefined || goodFor === undefined || !wish.isFirm) return true;
    if (higherQuality(goodFor, wish.quality) === goodFor) return true;
    return purpose === 'play' && (isPinned(trackId) || isNetworkGone());
  };

  const stillBegun = (trackId: string): AudioFile | null => {
    const file = begun.get(trackId);
    if (file !== undefined && isInUse(trackId, file.sha256)) return file;
    begun.delete(trackId);
    return null;
  };

  /** The service's choice for the wish, or what is here if that is as good, or nothing better can be had. */
  const ask = async (
    trackId: string,
    purpose: 'play' | 'keep',
    wish: QualityWish | undefined,
    entry: Entry | null,
  ): Promise<AudioFile> => {
    const here = entry === null ? null : store().fileOf(trackId, entry);
    try {
      const address = await addresses.get(trackId, { purpose, quality: wish?.quality });
      const { sha256, bytes, contentType, audio, quality } = address;
      const goodFor =
        wish === undefined || quality === undefined
          ? (quality ?? wish?.quality)
          : higherQuality(quality, wish.quality);
      const file: AudioFile = { trackId, sha256, bytes, contentType, audio, goodFor };
      if (entry?.sha256 === sha256) {
        if (!saysAsMuch(entry, file)) await store().noteFacts(file).catch(options.onDiskFailed);
        return file;
      }
      // What was begun in another quality is gone on with.
      if (here !== null && entry?.isWhole === false && isGoodEnough(entry, wish, trackId, purpose)) {
        if (wish !== undefined && isAudioOf(address, here.sha256)) return here;
      }
      if (entry?.isWhole === true) superseded.set(trackId, entry.sha256);
      return file;
    } catch (error) {
      if (here === null || entry?.isWhole !== true) throw error;
      log.info('plays as it is here, not as wished', { trackId, error });
      return here;
    }
  };

  return {
    async choose(trackId, purpose) {
      await store().ready;
      const file = purpose === 'play' && wishes !== undefined ? stillBegun(trackId) : null;
      if (file !== null) return file;
      const wish = purpose === 'play' ? wishes?.playing() : wishes?.keeping();
      const entry = store().entryOf(trackId);
      if (entry?.isWhole === true && isGoodEnough(entry, wish, trackId, purpose)) {
        const here = store().fileOf(trackId, entry);
        if (purpose === 'play') begun.set(trackId, here);
        options.onPlaysFromDisk(here);
        return here;
      }
      const chosen = await ask(trackId, purpose, wish, entry);
      if (purpose === 'play') begun.set(trackId, chosen);
      if (store().entry(chosen.sha256) !== null)
        await store().addTrack(chosen.sha256, trackId).catch(options.onDiskFailed);
      return chosen;
    },
    forget: (trackId) => void begun.delete(trackId),
    async dropSuperseded() {
      for (const [trackId, sha256] of superseded) {
        const entry = store().entryOf(trackId);
        const isReplaced = entry?.isWhole === true && entry.sha256 !== sha256;
        if (!isReplaced || isInUse(trackId, sha256)) continue;
        superseded.delete(trackId);
        await store().forgetTrack(trackId, sha256).catch(options.onDiskFailed);
      }
    },
  };
};
