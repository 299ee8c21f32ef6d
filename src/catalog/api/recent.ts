/** What was looked up lately, for so long and for so many: the least recently used goes first. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, lifeMs: number): void;
}

export const createRecent = <Value>(most: number, nowMs: () => number = Date.now): Recent<Value> => {
  const entries = new Map<string, { readonly value: Value; readonly untilMs: number }>();
  return {
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.untilMs <= nowMs()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set: (key, value, lifeMs) => {
      entries.delete(key);
      entries.set(key, { value, untilMs: nowMs() + lifeMs });
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
};
