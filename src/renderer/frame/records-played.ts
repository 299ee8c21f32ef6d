import type { PlayedEntry } from '../../contract/history.ts';
import type { Artwork } from '../../contract/catalog-http.ts';

export interface RecentRecord {
  readonly id: string;
  readonly title: string;
  readonly artwork: Artwork | null;
}

/** The records of what was played, newest first, each once. */
export function recordsPlayed(history: readonly PlayedEntry[], most: number): readonly RecentRecord[] {
  const records = new Map<string, RecentRecord>();
  for (const { track } of history) {
    if (records.size === most) break;
    const { id, title } = track.album;
    if (!records.has(id)) records.set(id, { id, title, artwork: track.artwork });
  }
  return [...records.values()];
}
