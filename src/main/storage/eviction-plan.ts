export interface Evictable {
  readonly key: string;
  readonly bytes: number;
  readonly lastUsedMs: number;
  /** Being read or written now: never goes. */
  readonly inUse: boolean;
}

export interface EvictionPlan {
  /** Keys to remove, least recently used first. */
  readonly remove: readonly string[];
  /** Whether the wanted bytes fit once they are removed. */
  readonly fits: boolean;
}

/** What must go so that `neededBytes` more fit under the limit: as little as possible, least recently used first. */
export const planEviction = (
  entries: readonly Evictable[],
  limitBytes: number,
  neededBytes: number,
): EvictionPlan => {
  if (neededBytes > limitBytes) return { remove: [], fits: false };
  let bytes = entries.reduce((sum, entry) => sum + entry.bytes, neededBytes);
  const remove: string[] = [];
  const candidates = entries
    .filter((entry) => !entry.inUse)
    .sort((left, right) => left.lastUsedMs - right.lastUsedMs);
  for (const entry of candidates) {
    if (bytes <= limitBytes) break;
    remove.push(entry.key);
    bytes -= entry.bytes;
  }
  return { remove, fits: bytes <= limitBytes };
};
