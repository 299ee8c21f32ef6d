/**
 * The index a service answers from, kept current with the manifest. Segments that were added are added to the file that
 * is being read; anything else is a new file, made beside it, that takes its place when it is whole.
 *
 *     nothing → building → open ⇄ extending
 *                            ↘ compacting (still open, still extended) → open on a new file
 */
import { createSequence } from '../../core/work/sequence.ts';
import type { Manifest } from '../segments/catalog-records.ts';
import type { CatalogReader } from './catalog-reader.ts';
import { isGarbled, segmentsBeyond, type IndexFacts } from './database.ts';
import { openCatalogReader } from './catalog-reader.ts';
import type { IndexTarget } from './index-files.ts';
import { openIndexFolder } from './index-folder.ts';
import { IndexJobError, runIndexJob, type FetchSegment } from './index-job.ts';

/** What the index must hold: a manifest, or nothing at all before the first. */
export type WantedCatalog = Pick<Manifest, 'revision' | 'segments'>;
export const EMPTY_CATALOG: WantedCatalog = { revision: 0, segments: [] };

export interface IndexEvent {
  readonly kind: 'opened' | 'extended' | 'built' | 'compacted' | 'damaged' | 'compaction_failed';
  readonly durationMs: number;
  readonly facts: IndexFacts | null;
  readonly error?: unknown;
}

export interface CatalogIndexOptions {
  readonly folder: string;
  /** What an index found in the folder must be a beginning of; any other is thrown away, not served. */
  readonly initial: WantedCatalog;
  readonly fetchSegment: FetchSegment;
  readonly onEvent: (event: IndexEvent) => void;
  /** Rows added since the last build at which it is built anew. */
  readonly compactAfterRows?: (facts: IndexFacts) => number;
}

export interface CatalogIndex {
  /** Null until there is something to answer from. */
  facts(): IndexFacts | null;
  /** Asks the index; throws `IndexUnavailable` while there is none, or when it turns out to be damaged. */
  read<Value>(ask: (reader: CatalogReader) => Value): Value;
  /** Brings the index to a manifest. One call at a time is worked on; rejects when it cannot be done, changing nothing. */
  update(wanted: WantedCatalog): Promise<void>;
  /** Resolves when no compaction is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export class IndexUnavailable extends Error {
  override readonly name = 'IndexUnavailable';
}

const FEWEST_FRESH_ROWS = 10_000;
const FRESH_SHARE = 0.05;
const defaultLimit = (facts: IndexFacts): number =>
  Math.max(FEWEST_FRESH_ROWS, Math.floor(facts.tracks * FRESH_SHARE));

interface Open {
  readonly path: string;
  readonly reader: CatalogReader;
  facts: IndexFacts;
}

export const openCatalogIndex = async (options: CatalogIndexOptions): Promise<CatalogIndex> => {
  const folder = await openIndexFolder(options.folder);
  const closing = new AbortController();
  const limit = options.compactAfterRows ?? defaultLimit;
  let open: Open | null = null;
  let newest: WantedCatalog | null = null;
  const jobs = createSequence();
  let compaction: Promise<void> | null = null;

  const run = (kind: 'build' | 'extend', target: IndexTarget): Promise<IndexFacts> =>
    runIndexJob({ kind, target }, options.fetchSegment, closing.signal);
  const targetOf = (path: string, { revision, segments }: WantedCatalog): IndexTarget => ({
    path,
    revision,
    segments,
  });

  const swap = async (path: string, facts: IndexFacts): Promise<void> => {
    const reader = openCatalogReader(path);
    const before = open;
    open = { path, reader, facts };
    before?.reader.close();
    if (before !== null) await folder.remove(before.path);
  };

  const build = async (wanted: WantedCatalog): Promise<void> => {
    const startedMs = performance.now();
    const path = folder.newFile(wanted.revision);
    const facts = await run('build', targetOf(path, wanted));
    await swap(path, facts);
    options.onEvent({ kind: 'built', durationMs: performance.now() - startedMs, facts });
  };

  const extend = async (wanted: WantedCatalog): Promise<void> => {
    if (open === null) return build(wanted);
    const startedMs = performance.now();
    const facts = await run('extend', targetOf(open.path, wanted));
    open.facts = facts;
    options.onEvent({ kind: 'extended', durationMs: performance.now() - startedMs, facts });
    if (facts.freshRows > limit(facts)) compaction ??= compact(wanted).finally(() => (compaction = null));
  };

  /** Builds beside what is served; whatever is published meanwhile is added before it takes its place. */
  const compact = async (wanted: WantedCatalog): Promise<void> => {
    const startedMs = performance.now();
    const path = folder.newFile(wanted.revision);
    try {
      const built = await run('build', targetOf(path, wanted));
      await jobs.inTurn(async () => {
        const latest = newest ?? wanted;
        const behind = segmentsBeyond(built.segments, latest.segments);
        const facts = behind?.length === 0 ? built : await run('extend', targetOf(path, latest));
        await swap(path, facts);
        options.onEvent({ kind: 'compacted', durationMs: performance.now() - startedMs, facts });
      });
    } catch (error) {
      await folder.remove(path);
      if (closing.signal.aborted) return;
      options.onEvent({
        kind: 'compaction_failed',
        durationMs: performance.now() - startedMs,
        facts: null,
        error,
      });
    }
  };

  const bringTo = async (wanted: WantedCatalog): Promise<void> => {
    if (open === null) return build(wanted);
    const missing = segmentsBeyond(open.facts.segments, wanted.segments);
    if (missing === null) return build(wanted);
    if (missing.length === 0 && open.facts.revision === wanted.revision) return;
    try {
      await extend(wanted);
    } catch (error) {
      if (!(error instanceof IndexJobError && error.garbled)) throw error;
      options.onEvent({ kind: 'damaged', durationMs: 0, facts: null, error });
      await build(wanted);
    }
  };

  const damaged = (error: unknown): void => {
    const broken = open;
    open = null;
    broken?.reader.close();
    options.onEvent({ kind: 'damaged', durationMs: 0, facts: null, error });
    void rebuild(broken);
  };

  const rebuild = async (broken: Open | null): Promise<void> => {
    try {
      await jobs.inTurn(async () => {
        if (broken !== null) await folder.remove(broken.path);
        if (open === null) await build(newest ?? EMPTY_CATALOG);
      });
    } catch (error) {
      options.onEvent({ kind: 'damaged', durationMs: 0, facts: null, error });
    }
  };

  const found = await folder.openNewest();
  if (found !== null && segmentsBeyond(found.reader.facts().segments, options.initial.segments) === null) {
    found.reader.close();
    await folder.remove(found.path);
  } else if (found !== null) {
    open = { path: found.path, reader: found.reader, facts: found.reader.facts() };
    options.onEvent({ kind: 'opened', durationMs: 0, facts: open.facts });
  }

  return {
    facts: () => open?.facts ?? null,
    read: (ask) => {
      if (open === null) throw new IndexUnavailable('The index is being built.');
      try {
        return ask(open.reader);
      } catch (error) {
        if (!isGarbled(error) && !(error instanceof SyntaxError)) throw error;
        damaged(error);
        throw new IndexUnavailable('The index was damaged and is being built anew.', { cause: error });
      }
    },
    update: (wanted) => {
      newest = wanted;
      return jobs.inTurn(() => bringTo(wanted));
    },
    settled: async () => {
      await jobs.settled();
      await compaction;
    },
    close: async () => {
      closing.abort(new Error('The service is stopping.'));
      await jobs.settled();
      await compaction;
      open?.reader.close();
      open = null;
      await folder.close();
    },
  };
};
