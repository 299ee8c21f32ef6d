export interface Evictable {
  readonly key: string;
  readonly bytes: number;
  readonly lastUsedMs: number;
  /** Being read or written now, or about to be: never goes. */
  readonly inUse: boolean;
}

export interface EvictionPlan {
  /** Keys to remove, least recently used first. */
  readonly remove: readonly string[];
  /** Whether the wanted bytes fit once they are removed. */
  readonly fits: boolean;
}

/**
 * What must go so that `neededBytes` more fit under the limit, least recently used first. With a `restShare` below 1 the room
 * made once something must go is down to that share of the limit, so that a full cache does not remove a little at every
 * track. The limit itself is never gone over: what does not fit is refused, and nothing is removed for what never could.
 */
export const planEviction = (
  entries: readonly Evictable[],
  limitBytes: number,
  neededBytes: number,
  restShare = 1,
): EvictionPlan => {
  if (neededBytes > limitBytes) return { remove: [], fits: false };
  let bytes = entries.reduce((sum, entry) => sum + entry.bytes, neededBytes);
  if (bytes <= limitBytes) return { remove: [], fits: true };
  const targetBytes = Math.max(neededBytes, limitBytes * restShare);
  const remove: string[] = [];
  const candidates = entries
    .filter((entry) => !entry.inUse)
    .sort((left, right) => left.lastUsedMs - right.lastUsedMs);
  for (const entry of candidates) {
    if (bytes <= targetBytes) break;
    remove.push(entry.key);
    bytes -= entry.bytes;
  }
  return { remove, fits: bytes <= limitBytes };
};

const GIGABYTE = 1_000_000_000;

/** The limit for what was played, unless the listener sets one: a tenth of the free disk, 1 to 10 GB. */
export const automaticCacheLimit = (freeBytes: number): number =>
  Math.round(Math.min(10 * GIGABYTE, Math.max(GIGABYTE, freeBytes / 10)));
