/**
 * What this computer knows of the catalog: fed by what the service says, asked when the service cannot be. SQLite with the
 * service's own search rules (core/search-text). It is a view: whatever becomes of the file, it can be fed again.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Track } from '../../contract/catalog-http.ts';
import type { Clock, Log } from '../ports.ts';
import { DEFAULT_OFFLINE_INDEX_LIMITS, type OfflineIndexLimits } from './bounds.ts';
import { createSequence } from '../../core/work/sequence.ts';
import { eachInSteps, type Steps } from '../../core/work/steps.ts';
import { inSlices } from '../in-slices.ts';
import { createFiler, type Filer, type FilingTask } from './filer.ts';
import { openIndexFile, removeIndexFile } from './index-file.ts';
import {
  createIndexReader,
  type ComputerLists,
  type IndexReader,
  type KnownCatalog,
  type KnownParts,
  type Playable,
} from './known-catalog.ts';
import type { PageRequest } from './pages.ts';
import { filingsOf, type Seen } from './seen.ts';
import { inTransaction, isGarbled, prepare } from './sql.ts';
import { createTaskQueue } from './task-queue.ts';
import { createWords, type Words } from './words.ts';

export interface OfflineIndex {
  /** Files what the service said, a little later and a little at a time. Never throws. */
  see(seen: Seen): void;
  /** These tracks are whole on this computer from now on. */
  hold(trackIds: Iterable<string>): void;
  /** These are no longer. */
  release(trackIds: Iterable<string>): void;
  /** Exactly these are. */
  setHeld(trackIds: Iterable<string>): void;
  /** Exactly these are to be kept, whole or not: what is known of them is never forgotten. They are looked through a little later. */
  setPinned(trackIds: Iterable<string>): void;
  track(trackId: string): Track | null;
  /** What plays without a network. */
  playable(): Playable;
  readonly known: KnownCatalog;
  readonly parts: KnownParts;
  readonly computer: ComputerLists;
  /** Resolves when everything that was seen has been filed. */
  settled(): Promise<void>;
  /** Files what was seen, for a second at most, and closes the file. */
  close(): Promise<void>;
}

export interface OfflineIndexOptions {
  /** The file; its folder is made. Where it cannot be, the index lives in memory. */
  readonly path: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly limits?: OfflineIndexLimits;
}

interface Shelf {
  readonly database: DatabaseSync;
  readonly words: Words;
  readonly filer: Filer;
  readonly reader: IndexReader;
}

/** One step of work: what the window asks waits no longer than this, and what a commit takes. */
const STEP_MS = 4;
const CLOSING_MS = 1_000;
/** A track that comes in, its details, and that it was played: one commit. */
const GATHER_MS = 1_000;
const NOTHING_PLAYABLE: Playable = { tracks: 0, durationMs: 0 };

const markTask = (kind: 'hold' | 'pin', trackId: string, on: boolean): FilingTask =>
  kind === 'hold' ? { kind, trackId, held: on } : { kind, trackId, pinned: on };

/** Tasks that bring one set of track ids to another. */
const difference = (
  kind: 'hold' | 'pin',
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly FilingTask[] => [
  ...[...after].filter((trackId) => !before.has(trackId)).map((trackId) => markTask(kind, trackId, true)),
  ...[...before].filter((trackId) => !after.has(trackId)).map((trackId) => markTask(kind, trackId, false)),
];

export const createOfflineIndex = (options: OfflineIndexOptions): OfflineIndex => {
  const { path, clock, log, limits = DEFAULT_OFFLINE_INDEX_LIMITS } = options;
  const held = new Set<string>();
  let pinned: ReadonlySet<string> = new Set();
  /** There may be a library's worth of pins. */
  const pinning = createSequence();

  const shelfIn = (database: DatabaseSync): Shelf => {
    const words = createWords(database);
    const filer = createFiler(database, words, {
      limits,
      isHeld: (trackId) => held.has(trackId),
      isPinned: (trackId) => pinned.has(trackId),
    });
    return { database, words, filer, reader: createIndexReader(database, words.vocabulary) };
  };
  const openShelf = (): Shelf => {
    const database = openIndexFile(path, log);
    try {
      return shelfIn(database);
    } catch (error) {
      // The statements are right; a bit that turned in the text of the schema makes them wrong.
      log.warn('offline index made anew', { path, cause: String(error) });
      database.close();
      removeIndexFile(path);
      return shelfIn(openIndexFile(path, log));
    }
  };

  /** What is played is mostly what was shown a moment ago: it is known before it is filed. */
  const lately = new Map<string, Track>();
  let shelf = openShelf();
  let playable: Playable | null = null;
  let isWriteFailing = false;
  let isClosed = false;

  /** Another file takes the place of a garbled one; what is held and pinned is known without it. */
  const startAnew = (error: unknown): void => {
    log.warn('offline index garbled: made anew', { path, cause: String(error) });
    shelf.database.close();
    removeIndexFile(path);
    shelf = openShelf();
    playable = null;
  };

  /** The tracks that the file says are held or pinned. */
  const marks = () =>
    prepare<{ id: string; held: number; pinned: number }>(
      shelf.database,
      'SELECT id, held, pinned FROM tracks WHERE held = 1 OR pinned = 1',
    ).all();

  /** What the file does not say of held and pinned tracks, because it could not be written. */
  const marksBehind = (): readonly FilingTask[] => {
    const rows = marks();
    return [
      ...difference('hold', new Set(rows.filter((row) => row.held === 1).map((row) => row.id)), held),
      ...difference('pin', new Set(rows.filter((row) => row.pinned === 1).map((row) => row.id)), pinned),
    ];
  };

  const write = (tasks: () => FilingTask | null): void => {
    const { database, filer } = shelf;
    let isWritten = false;
    try {
      const startedMs = performance.now();
      inTransaction(database, () => {
        while (performance.now() - startedMs < STEP_MS && !filer.isFull()) {
          const task = tasks();
          if (task === null) break;
          filer.carryOut(task);
        }
        filer.derive();
      });
      isWritten = true;
      if (isWriteFailing) {
        isWriteFailing = false;
        queue.add(marksBehind());
      }
    } catch (error) {
      if (isGarbled(error)) {
        startAnew(error);
        return;
      }
      // What could not be filed now will be seen again, and would fail like this one.
      queue.forget();
      if (!isWriteFailing) log.warn('offline index cannot be written', { path, cause: String(error) });
      isWriteFailing = true;
    } finally {
      filer.ended(isWritten);
      playable = null;
    }
  };

  /** Reading never throws for the file's sake: what cannot be read is not known. */
  const ask = <Value>(read: (reader: IndexReader) => Value, nothing: Value): Value => {
    if (isClosed) return nothing;
    try {
      return read(shelf.reader);
    } catch (error) {
      if (!isGarbled(error)) throw error;
      startAnew(error);
      return nothing;
    }
  };

  const queue = createTaskQueue<FilingTask>({
    step: write,
    gatherMs: GATHER_MS,
    rest: () =>
      ask(() => {
        lately.clear();
        if (!isWriteFailing && shelf.filer.isOverLimits()) queue.add([{ kind: 'trim' }]);
        return shelf.words.load();
      }, false),
  });

  ask(() => {
    const rows = marks();
    for (const row of rows) if (row.held === 1) held.add(row.id);
    pinned = new Set(rows.filter((row) => row.pinned === 1).map((row) => row.id));
  }, undefined);
  // The words are read while nobody waits for them.
  queue.add([]);

  /** What is to be held is known at once, and written down in its turn. */
  const holdThese = (wanted: ReadonlySet<string>): void => {
    const tasks = difference('hold', held, wanted);
    held.clear();
    for (const trackId of wanted) held.add(trackId);
    queue.add(tasks);
  };
  function* pinThese(trackIds: Iterable<string>): Steps<void> {
    const wanted = new Set<string>();
    yield* eachInSteps(trackIds, (trackId) => wanted.add(trackId));
    const tasks: FilingTask[] = [];
    yield* eachInSteps(wanted, (trackId) => {
      if (!pinned.has(trackId)) tasks.push(markTask('pin', trackId, true));
    });
    yield* eachInSteps(pinned, (trackId) => {
      if (!wanted.has(trackId)) tasks.push(markTask('pin', trackId, false));
    });
    pinned = wanted;
    queue.add(tasks);
  }
  /** An answer from the file, or null. */
  const answer =
    <Request, Reply>(choose: (reader: IndexReader) => (request: Request) => Reply | null) =>
    (request: Request): Reply | null =>
      ask((reader) => choose(reader)(request), null);
  const page =
    <Page>(choose: (lists: ComputerLists) => (request: PageRequest) => Page, nothing: Page) =>
    (request: PageRequest): Page =>
      ask((reader) => choose(reader.computer)(request), nothing);
  const empty = { items: [], nextCursor: null, total: 0 };

  function* trackIds(): Steps<readonly string[]> {
    const ids = new Set<string>();
    for (let last: string | undefined = ''; last !== undefined;) {
      const after: string = last;
      const next = ask((reader) => reader.trackIdsAfter(after), []);
      for (const id of next) ids.add(id);
      last = next.at(-1);
      yield;
    }
    for (const id of lately.keys()) ids.add(id);
    return [...ids];
  }
  const trackOf = (trackId: string): Track | null =>
    lately.get(trackId) ?? ask((reader) => reader.track(trackId), null);

  return {
    see: (seen) => {
      const seenMs = clock.now();
      const filings = filingsOf(seen);
      for (const filing of filings) if (filing.kind === 'track') lately.set(filing.track.id, filing.track);
      queue.add(filings.map((filing) => ({ kind: 'file', filing, seenMs })));
    },
    hold: (trackIds) => holdThese(new Set([...held, ...trackIds])),
    release: (trackIds) => {
      const gone = new Set(trackIds);
      holdThese(new Set([...held].filter((trackId) => !gone.has(trackId))));
    },
    setHeld: (trackIds) => holdThese(new Set(trackIds)),
    setPinned: (trackIds) => void pinning.inTurn(() => inSlices(pinThese(trackIds))),
    track: trackOf,
    playable: () => {
      playable ??= ask((reader) => reader.playable(), NOTHING_PLAYABLE);
      return playable;
    },
    known: {
      home: () => ask((reader) => reader.known.home(), null),
      albums: answer((reader) => reader.known.albums),
      album: answer((reader) => reader.known.album),
      artists: answer((reader) => reader.known.artists),
      artist: answer((reader) => reader.known.artist),
      artistAlbums: answer((reader) => reader.known.artistAlbums),
      artistTracks: answer((reader) => reader.known.artistTracks),
      genres: answer((reader) => reader.known.genres),
      genre: answer((reader) => reader.known.genre),
      genreAlbums: answer((reader) => reader.known.genreAlbums),
      genreTracks: answer((reader) => reader.known.genreTracks),
      search: answer((reader) => reader.known.search),
      track: ({ id }) => trackOf(id),
      trackDetails: answer((reader) => reader.known.trackDetails),
    },
    parts: {
      album: answer((reader) => reader.parts.album),
      artist: answer((reader) => reader.parts.artist),
      unknown: (kind, ids) => ask((reader) => reader.parts.unknown(kind, ids), ids),
      trackIds,
    },
    computer: {
      albums: page((lists) => lists.albums, empty),
      artists: page((lists) => lists.artists, empty),
      tracks: page((lists) => lists.tracks, empty),
    },
    async settled() {
      await pinning.settled();
      await queue.settled();
    },
    close: async () => {
      await pinning.settled();
      if (isClosed) return;
      queue.finish(CLOSING_MS);
      isClosed = true;
      shelf.database.close();
    },
  };
};
