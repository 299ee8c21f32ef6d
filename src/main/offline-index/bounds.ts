/** How much is kept of what was merely seen: what was seen longest ago goes, what is held or pinned never does. */
import type { DatabaseSync } from 'node:sqlite';
import { prepare } from './sql.ts';

export interface OfflineIndexLimits {
  readonly tracks: number;
  /** Albums and artists of which no track is known. */
  readonly albums: number;
  readonly artists: number;
  readonly documents: number;
}

export const DEFAULT_OFFLINE_INDEX_LIMITS: OfflineIndexLimits = {
  tracks: 50_000,
  albums: 20_000,
  artists: 20_000,
  documents: 1_500,
};

interface Bounds {
  isOver(): boolean;
  /** Removes a little of what is too much. */
  trim(): void;
}

/** Removed at once: a few milliseconds' work. */
const REMOVED_AT_ONCE = 20;
/** Once over a limit, so much of it is freed, so that not every new row costs an old one's removal. */
const FREED_SHARE = 0.02;

const MERELY_SEEN = {
  tracks: 'held = 0 AND pinned = 0',
  albums: 'tracks = 0',
  artists: 'works = 0',
  documents: `NOT (kind = 'home'
    OR kind = 'album' AND EXISTS (SELECT 1 FROM tracks WHERE album_id = documents.id AND (held = 1 OR pinned = 1))
    OR kind = 'artist' AND EXISTS (SELECT 1 FROM artists WHERE artists.id = documents.id AND held > 0)
    OR kind = 'details'
      AND EXISTS (SELECT 1 FROM tracks WHERE tracks.id = documents.id AND (held = 1 OR pinned = 1)))`,
} as const satisfies Record<keyof OfflineIndexLimits, string>;

export const createBounds = (
  database: DatabaseSync,
  limits: OfflineIndexLimits,
  remove: {
    readonly track: (id: string) => void;
    readonly album: (id: string) => void;
    readonly artist: (id: string) => void;
  },
): Bounds => {
  const removeDocument = prepare(database, 'DELETE FROM documents WHERE no = ?');
  const table = (name: keyof OfflineIndexLimits, key: 'id' | 'no', take: (key: string | number) => void) => {
    const count = prepare<{ rows: number }>(database, `SELECT count(*) AS rows FROM ${name}`);
    const oldest = prepare<{ key: string | number }>(
      database,
      `SELECT ${key} AS key FROM ${name} WHERE ${MERELY_SEEN[name]} ORDER BY seen_ms LIMIT ?`,
    );
    let isTrimming = false;
    const excess = (): number => {
      const limit = limits[name];
      const rows = count.get()?.rows ?? 0;
      if (rows > limit) isTrimming = true;
      const over = isTrimming ? rows - Math.floor(limit * (1 - FREED_SHARE)) : 0;
      if (over <= 0 || oldest.get(1) === undefined) isTrimming = false;
      return isTrimming ? over : 0;
    };
    return {
      excess,
      trim: () => {
        for (const row of oldest.all(Math.min(excess(), REMOVED_AT_ONCE))) take(row.key);
      },
    };
  };
  const tables = [
    table('tracks', 'id', (id) => remove.track(String(id))),
    table('albums', 'id', (id) => remove.album(String(id))),
    table('artists', 'id', (id) => remove.artist(String(id))),
    table('documents', 'no', (no) => removeDocument.run(no)),
  ];
  return {
    isOver: () => tables.some((one) => one.excess() > 0),
    trim: () => {
      for (const one of tables) one.trim();
    },
  };
};
