import { describe, expect, it } from 'vitest';
import type { PlaylistHead, ShelfEntry } from '../../contract/library.ts';
import { trackOf } from '../../core/exchange/exchange.ts';
import type { ImportEntry, StoredPlan } from './import-entries.ts';
import { createImportProgress } from './import-progress.ts';
import { takeOver, type BroughtPlay, type TakePorts } from './take-over.ts';

const UNDONE = { undo: null };
const head = (id: string, name: string): PlaylistHead => ({
  id,
  name,
  description: '',
  picture: { kind: 'covers' },
  artwork: [],
  visibility: 'private',
  rules: null,
  role: 'owner',
  members: [],
  itemCount: 0,
  durationMs: 0,
  oldSince: null,
  changedAt: '2026-01-01T00:00:00.000Z',
});

/** A library in memory that keeps what it is told. */
const memoryLibrary = () => {
  const lists = new Map<string, { name: string; tracks: string[] }>();
  const saved = new Map<string, number>();
  const played: BroughtPlay[] = [];
  const ports: TakePorts = {
    bringInPlays: async (plays) => void played.push(...plays),
    nowMs: () => Date.UTC(2026, 0, 2),
    library: {
      marks: async ({ ids }) => ids.filter((id) => saved.has(id)),
      async save({ ids, savedAtMs }) {
        ids.forEach((id, place) => saved.set(id, savedAtMs?.[place] ?? 0));
        return UNDONE;
      },
      shelf: async () =>
        Array.from(lists, ([id, { name }]): ShelfEntry => ({
          kind: 'playlist',
          key: `playlist:${id}`,
          playlist: head(id, name),
        })),
    },
    playlists: {
      async create({ name, trackIds = [] }) {
        const id = `list-${lists.size}`;
        lists.set(id, { name, tracks: [...trackIds] });
        return { ...UNDONE, playlist: head(id, name) };
      },
      async add({ id, trackIds }) {
        lists.get(id)?.tracks.push(...trackIds);
        return { ...UNDONE, added: trackIds.length, skipped: 0 };
      },
      get: async ({ id }) => head(id, lists.get(id)?.name ?? ''),
      trackIds: async ({ id }) =>
        (lists.get(id)?.tracks ?? []).map((trackId, place) => ({ itemId: `${place}`, trackId })),
    },
  };
  return { lists, saved, played, ports };
};

const wanted = (title: string, addedAt: string | null = null) => trackOf({ title, addedAt });
const PLAN: StoredPlan = {
  id: 'plan',
  lists: [
    { kind: 'playlist', name: 'One', description: '' },
    { kind: 'saved', of: 'track' },
    { kind: 'playlist', name: '  ', description: '' },
    { kind: 'plays' },
  ],
  rows: [
    { list: 0, wanted: wanted('a') },
    { list: 0, wanted: wanted('b') },
    { list: 1, wanted: wanted('c', '2020-05-01T00:00:00.000Z') },
    { list: 1, wanted: wanted('d') },
    { list: 2, wanted: wanted('e') },
    {
      list: 3,
      wanted: wanted('f'),
      plays: [
        [1000, 40_000],
        [2000, 50_000],
      ],
    },
  ],
};
const ALL_FOUND: Extract<ImportEntry, { type: 'matched' }> = {
  type: 'matched',
  results: PLAN.rows.map(({ wanted: { title } }, row) => ({
    rows: [row],
    result: {
      kind: 'exact',
      found: { id: title, title, artists: [], album: null, durationMs: null },
      alternatives: [],
    },
  })),
};

describe('taking over what was found', () => {
  /** Every entry is a step; `steps` are carried out, then the process is gone. */
  const run = async (ports: TakePorts, log: ImportEntry[], steps: number): Promise<void> => {
    const progress = createImportProgress(PLAN);
    for (const entry of log) progress.apply(entry);
    let left = steps;
    const write = async (entry: ImportEntry): Promise<void> => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      log.push(entry);
      progress.apply(entry);
    };
    const signal = new AbortController().signal;
    await takeOver({ progress, ports, write, onDone: () => undefined, signal });
  };

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'makes each list once, killed after %i entries of its log',
    async (steps) => {
      const { lists, saved, played, ports } = memoryLibrary();
      const log: ImportEntry[] = [ALL_FOUND];
      await expect(run(ports, log, steps)).rejects.toThrow('killed');
      await run(ports, log, Infinity);
      expect(Array.from(lists.values())).toEqual([
        { name: 'One', tracks: ['a', 'b'] },
        { name: '–', tracks: ['e'] },
      ]);
      expect(Array.from(saved.keys())).toEqual(['c', 'd']);
      expect(saved.get('c')).toBe(Date.UTC(2020, 4, 1));
      expect(saved.get('d')).toBeLessThan(ports.nowMs());
      // Which of them it has already, the history knows.
      expect(new Set(played.map((play) => JSON.stringify(play)))).toEqual(
        new Set([
          JSON.stringify({ trackId: 'f', atMs: 1000, heardMs: 40_000 }),
          JSON.stringify({ trackId: 'f', atMs: 2000, heardMs: 50_000 }),
        ]),
      );
    },
  );

  it('adds what was chosen later to the playlist that was made, once', async () => {
    const { lists, ports } = memoryLibrary();
    const some: ImportEntry = { ...ALL_FOUND, results: ALL_FOUND.results.slice(0, 1) };
    const log: ImportEntry[] = [some];
    await run(ports, log, Infinity);
    log.push({
      type: 'chosen',
      row: 1,
      found: { id: 'b2', title: '', artists: [], album: null, durationMs: null },
    });
    // It is in the playlist, and the app ends before that is written down.
    await expect(run(ports, log, 1)).rejects.toThrow('killed');
    await run(ports, log, Infinity);
    expect(Array.from(lists.values())).toEqual([{ name: 'One', tracks: ['a', 'b2'] }]);
  });
});
