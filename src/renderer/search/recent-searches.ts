/** What was searched for lately, newest first, kept on this computer only. */
import { z } from 'zod';
import { create } from 'zustand';
import { privacyStore } from '../privacy/privacy-store.ts';

const STORAGE_KEY = 'riffle.recent-searches';
const MOST_KEPT = 10;

const keptSchema = z.array(z.string().min(1).max(200)).max(MOST_KEPT);

/** Anything unreadable counts as nothing kept: losing a convenience is better than a page that does not open. */
const readKept = (): readonly string[] => {
  const stored = globalThis.localStorage?.getItem(STORAGE_KEY) ?? null;
  if (stored === null) return [];
  try {
    const parsed = keptSchema.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
};

/** `query` on top, an older spelling of the same (case and outer spaces aside) gone, the oldest dropped. */
export const withRecent = (kept: readonly string[], query: string): readonly string[] => {
  const trimmed = query.trim();
  if (trimmed === '') return kept;
  const others = kept.filter((other) => other.toLowerCase() !== trimmed.toLowerCase());
  return [trimmed, ...others].slice(0, MOST_KEPT);
};

export const useRecentSearches = create<{ readonly queries: readonly string[] }>(() => ({
  queries: readKept(),
}));

const keep = (queries: readonly string[]): void => {
  useRecentSearches.setState({ queries });
  globalThis.localStorage?.setItem(STORAGE_KEY, JSON.stringify(queries));
};

/** Called when the listener acts on a result, not for every letter on the way there. */
export const rememberSearch = (query: string): void => {
  if (privacyStore.getState().isPrivate) return;
  keep(withRecent(useRecentSearches.getState().queries, query));
};

export const forgetSearch = (query: string): void =>
  keep(useRecentSearches.getState().queries.filter((other) => other !== query));

export const forgetAllSearches = (): void => keep([]);
