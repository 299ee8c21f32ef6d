import { planEviction, type Evictable } from '../../core/offline/eviction-plan.ts';
import { createSequence } from '../../core/work/sequence.ts';
import type { Log } from '../ports.ts';
import { diskSpaceAt } from '../storage/disk-space.ts';
import { NOTE_BYTES, type AudioStore } from './audio-store.ts';
import type { CacheLimits, CacheTotals } from './cache-contract.ts';
import type { AudioFile } from './edge.ts';
import type { Entry } from './entry-index.ts';
import { sealedLength } from './sealed-audio/chunked-encryption.ts';

/** `fits`: its bytes are set aside until `release`. `disk_full`: nothing that may go would free enough. */
export type RoomAnswer = 'fits' | 'limit_reached' | 'disk_full';

export interface Room {
  /** Sets aside what a file will take at most, and removes what must go for it. */
  take(file: AudioFile): Promise<RoomAnswer>;
  release(sha256: string): void;
  /** What is over a limit goes now. */
  enforce(): Promise<void>;
  totals(which: 'cached' | 'pinned'): CacheTotals;
  freeBytes(): number | null;
}

/** Room is made down to this share of the limit, so that a full cache does not remove a little at every track. */
const REST_SHARE = 0.95;
/** Thousands go when a limit is lowered, and whoever wants room meanwhile waits for it. */
const REMOVED_AT_ONCE = 64;
/** What is left to everything else on the disk, unless it is a very small one. */
const RESERVE_BYTES = 500_000_000;
const RESERVE_SHARE = 0.1;

/** The two budgets and the disk under them. Limits hold at every moment: bytes are set aside before they are written. */
export const createRoom = (options: {
  readonly folder: () => string;
  readonly store: () => AudioStore;
  readonly limits: () => CacheLimits;
  readonly isPinned: (file: { readonly trackIds: readonly string[] }) => boolean;
  /** Read, written, or next to be: never evicted. */
  readonly isInUse: (entry: Entry) => boolean;
  readonly reserveBytes?: number | undefined;
  readonly log: Log;
}): Room => {
  const { store, limits, isPinned, isInUse, log } = options;
  /** What is promised to files that are coming, the notes beside them included. */
  const setAside = new Map<string, { readonly bytes: number; readonly isPin: boolean }>();
  let freeBytes: number | null = null;
  /** Two that look at the same room would both take it. */
  const { inTurn } = createSequence();

  const bytesOf = (entry: Entry): number => Math.max(entry.fileBytes, setAside.get(entry.sha256)?.bytes ?? 0);

  const isWhole = (entry: Entry): boolean => entry.isWhole;
  const belongs = (which: 'cached' | 'pinned') => (entry: Entry) => isPinned(entry) === (which === 'pinned');

  const sum = (which: 'cached' | 'pinned'): number => {
    const entries = Array.from(store().entries()).filter(belongs(which));
    const coming = Array.from(setAside)
      .filter(([sha256, { isPin }]) => store().entry(sha256) === null && isPin === (which === 'pinned'))
      .map(([, { bytes }]) => bytes);
    return [...entries.map(bytesOf), ...coming].reduce((total, bytes) => total + bytes, 0);
  };

  const evictables = (): readonly Evictable[] =>
    Array.from(store().entries())
      .filter(belongs('cached'))
      .map((entry) => ({
        key: entry.sha256,
        bytes: bytesOf(entry),
        lastUsedMs: entry.lastUsedMs,
        inUse: isInUse(entry) || setAside.has(entry.sha256),
      }));

  const evict = async (sha256s: readonly string[]): Promise<void> => {
    if (sha256s.length > 0) log.info('evicted', { files: sha256s.length });
    for (let start = 0; start < sha256s.length; start += REMOVED_AT_ONCE) {
      await Promise.all(
        sha256s.slice(start, start + REMOVED_AT_ONCE).map((sha256) => store().remove(sha256)),
      );
    }
  };

  /** What may still be written before the reserve is touched; null when the system does not say. */
  const disk = async (): Promise<number | null> => {
    const space = await diskSpaceAt(options.folder());
    freeBytes = space?.freeBytes ?? null;
    if (space === null) return null;
    const reserve =
      options.reserveBytes ?? Math.min(RESERVE_BYTES, Math.round(space.totalBytes * RESERVE_SHARE));
    const promised = Array.from(setAside).reduce(
      (total, [sha256, { bytes }]) => total + Math.max(0, bytes - (store().entry(sha256)?.fileBytes ?? 0)),
      0,
    );
    return space.freeBytes - reserve - promised;
  };

  /** Evicts until so many bytes can be written; cached music makes way for pinned on the disk as well. */
  const freeUp = async (neededBytes: number): Promise<boolean> => {
    const left = await disk();
    if (left === null || left >= neededBytes) return true;
    const entries = evictables();
    const used = entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
    const plan = planEviction(entries, used + left - neededBytes, 0);
    if (!plan.fits || used + left < neededBytes) return false;
    await evict(plan.remove);
    return true;
  };

  return {
    take: ({ sha256, trackId, bytes }) =>
      inTurn(async () => {
        await store().ready;
        const entry = store().entry(sha256);
        const isPin = isPinned({ trackIds: [trackId, ...(entry?.trackIds ?? [])] });
        const wanted = sealedLength(bytes) + NOTE_BYTES;
        const neededBytes = Math.max(0, wanted - (entry === null ? 0 : bytesOf(entry)));
        if (isPin) {
          const limit = limits().pinnedBytes;
          if (limit !== null && sum('pinned') + neededBytes > limit) return 'limit_reached';
        } else {
          const others = evictables();
          const fixed = sum('cached') - others.reduce((bytes, { bytes: each }) => bytes + each, 0);
          const plan = planEviction(others, limits().cachedBytes - fixed, neededBytes, REST_SHARE);
          if (!plan.fits) return 'limit_reached';
          await evict(plan.remove.filter((key) => key !== sha256));
        }
        if (!(await freeUp(neededBytes))) return 'disk_full';
        setAside.set(sha256, { bytes: wanted, isPin });
        return 'fits';
      }),
    release: (sha256) => {
      setAside.delete(sha256);
    },
    enforce: () =>
      inTurn(async () => {
        await store().ready;
        const others = evictables();
        const fixed = sum('cached') - others.reduce((bytes, { bytes: each }) => bytes + each, 0);
        await evict(planEviction(others, Math.max(0, limits().cachedBytes - fixed), 0, REST_SHARE).remove);
        await freeUp(0);
      }),
    totals(which) {
      const whole = Array.from(store().entries()).filter(isWhole);
      return {
        tracks: whole.filter(belongs(which)).reduce((count, entry) => count + entry.trackIds.length, 0),
        bytes: sum(which),
      };
    },
    freeBytes: () => freeBytes,
  };
};
