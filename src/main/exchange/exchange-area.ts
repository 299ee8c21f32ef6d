/** Lists of music into the library and out of it: what of the account scope is concerned with it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ExchangeApi, ImportState } from '../../contract/exchange.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { MOST_PLAYLIST_ITEMS } from '../../contract/library-http.ts';
import { planInSteps } from '../../core/exchange/import-plan.ts';
import { createSequence } from '../../core/work/sequence.ts';
import { createAnnouncer } from '../announcer.ts';
import { inSlices } from '../in-slices.ts';
import type { Clock, Log } from '../ports.ts';
import { createAppendLog } from '../storage/append-log.ts';
import { createExporter, textFile, type ExportPorts } from './export-files.ts';
import type { Finder } from './finder.ts';
import { writeCsv } from './formats/csv.ts';
import { importEntrySchema, type ImportEntry, type StoredPlan } from './import-entries.ts';
import { createImportProgress, type ImportProgress } from './import-progress.ts';
import { runImport } from './import-run.ts';
import { createPlanFile } from './plan-file.ts';
import { readInThread, type ReadImport } from './read-in-thread.ts';
import { createReceivedFiles } from './received-files.ts';
import { takeOver, type TakePorts } from './take-over.ts';

export interface ExchangeArea {
  readonly api: ExchangeApi;
  snapshot(): ImportState;
  /** The service answers again: what was held goes on. */
  serviceReached(): void;
  /** Resolves when nothing is written any more. */
  close(): Promise<void>;
}

const TELL_EVERY_MS = 200;
const AGAIN_AFTER_MS = 60_000;
/** An import that is over leaves an empty plan. */
const NO_PLAN: StoredPlan = { id: '', lists: [], rows: [] };

type Activity =
  | { readonly kind: 'resting'; readonly failure: HostErrorCode | null }
  | { readonly kind: 'matching'; readonly held: HostErrorCode | null }
  | { readonly kind: 'taking'; readonly total: number; readonly done: number };
const RESTING: Activity = { kind: 'resting', failure: null };

export const createExchangeArea = (options: {
  /** Of the account. */
  readonly folder: string;
  readonly finder: Finder;
  readonly ports: Omit<TakePorts, 'nowMs'> & ExportPorts;
  readonly onChange: (state: ImportState) => void;
  readonly clock: Clock;
  readonly log: Log;
}): ExchangeArea => {
  const { finder, ports, clock, log } = options;
  const folder = join(options.folder, 'import');
  const planFile = createPlanFile({ folder, log });
  const entries = createAppendLog<ImportEntry>({
    path: join(folder, 'progress.jsonl'),
    schema: importEntrySchema,
    log,
  });
  const received = createReceivedFiles();
  const exporter = createExporter(ports);
  const closing = new AbortController();
  const announce = createAnnouncer({
    everyMs: TELL_EVERY_MS,
    tell: () => options.onChange(state()),
    clock,
    log,
    closing: closing.signal,
  });

  let read: ReadImport | null = null;
  let progress: ImportProgress | null = null;
  let activity: Activity = RESTING;
  let stopping = new AbortController();
  let work: Promise<void> = Promise.resolve();

  const state = (): ImportState => {
    if (progress === null)
      return read === null ? { state: 'none' } : { state: 'read', preview: read.preview };
    const total = progress.plan.rows.length;
    const counts = progress.counts();
    if (activity.kind === 'matching') {
      const done = total - progress.waiting().length;
      return { state: 'matching', total, done, counts, held: activity.held };
    }
    if (activity.kind === 'taking') return { state: 'taking', total: activity.total, done: activity.done };
    return {
      state: 'matched',
      total,
      counts,
      taken: progress.taken(),
      toTake: Array.from(progress.toTake().values()).reduce((sum, rows) => sum + rows.length, 0),
      failure: activity.failure,
    };
  };
  const become = (next: Activity): void => {
    activity = next;
    announce();
  };

  /** On the disk first; then it is so. Whatever was begun before the import was dismissed writes no more. */
  const write = async (running: ImportProgress, entry: ImportEntry): Promise<void> => {
    if (running !== progress) throw new HostFailure('cancelled', 'the import was dismissed');
    await entries.append(entry);
    running.apply(entry);
    announce();
  };
  const failureOf = (error: unknown): HostErrorCode =>
    error instanceof HostFailure ? error.code : 'internal';

  /** One piece of work at a time; it ends early when the import is dismissed or the host closes. */
  const begin = (job: (running: ImportProgress, signal: AbortSignal) => Promise<void>): void => {
    const running = progress;
    if (running === null) return;
    const signal = AbortSignal.any([closing.signal, stopping.signal]);
    work = work.then(async () => {
      if (signal.aborted) return;
      try {
        await job(running, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof HostFailure)) log.error('import stopped', { error });
        become({ kind: 'resting', failure: failureOf(error) });
      }
    });
  };
  const match = (): void => {
    become({ kind: 'matching', held: null });
    begin(async (running, signal) => {
      const outcome = await runImport({
        progress: running,
        finder,
        write: (entry) => write(running, entry),
        signal,
        breathe: setImmediate,
      });
      if (outcome.state === 'done') {
        become(RESTING);
        return;
      }
      become({ kind: 'matching', held: outcome.cause });
      void lookAgainLater(running, signal);
    });
  };
  /** Where no news of the service comes, as after too many requests. */
  const lookAgainLater = async (running: ImportProgress, signal: AbortSignal): Promise<void> => {
    await clock.wait(AGAIN_AFTER_MS, signal).catch(() => undefined);
    if (!signal.aborted && running === progress) goOn();
  };
  const goOn = (): void => {
    if (activity.kind === 'matching' && activity.held !== null) match();
  };
  const take = (): void => {
    const rows = progress === null ? [] : Array.from(progress.toTake().values()).flat();
    become({ kind: 'taking', total: rows.length, done: 0 });
    begin(async (running, signal) => {
      let done = 0;
      const onDone = (count: number): void => {
        done += count;
        become({ kind: 'taking', total: rows.length, done });
      };
      await takeOver({
        progress: running,
        ports: { ...ports, nowMs: clock.now },
        write: (entry) => write(running, entry),
        onDone,
        signal,
      });
      become(RESTING);
    });
  };

  /** What the last run of the app left. */
  const open = async (): Promise<void> => {
    const plan = await planFile.read();
    if (plan === null || plan.rows.length === 0) return;
    const all = await entries.read();
    const begun = all.findLastIndex((entry) => entry.type === 'begun' && entry.plan === plan.id);
    const found = createImportProgress(plan);
    if (begun >= 0) for (const entry of all.slice(begun + 1)) found.apply(entry);
    progress = found;
    if (found.waiting().length > 0) match();
    else announce();
  };
  const opened = open().catch((error: unknown) => log.error('import cannot be read', { error }));
  const ready = async (): Promise<ImportProgress> => {
    await opened;
    if (progress === null) throw new HostFailure('not_found', 'there is no import');
    return progress;
  };
  const resting = async (): Promise<ImportProgress> => {
    const current = await ready();
    if (activity.kind !== 'resting') throw new HostFailure('forbidden', 'the import is at work');
    return current;
  };

  /** What begins or ends an import is done one after the other. */
  const { inTurn, settled } = createSequence();
  void inTurn(() => opened);

  const api: ExchangeApi = {
    async get() {
      await opened;
      return state();
    },
    async receive({ transfer, name, base64 }) {
      received.receive(transfer, name, Buffer.from(base64, 'base64'));
    },
    read: ({ transfer }) =>
      inTurn(async () => {
        if (progress !== null) throw new HostFailure('forbidden', 'another import is not over');
        const files = received.take(transfer);
        if (files === null) throw new HostFailure('not_found', 'no such transfer');
        read = await readInThread(files, AbortSignal.any([closing.signal, stopping.signal]));
        announce();
        return state();
      }),
    start: (selection) =>
      inTurn(async () => {
        if (read === null || progress !== null) throw new HostFailure('not_found', 'nothing was read');
        const planned = await inSlices(planInSteps(read.bundle, selection, MOST_PLAYLIST_ITEMS));
        const plan = { id: randomUUID(), ...planned };
        if (plan.rows.length === 0) throw new HostFailure('invalid_argument', 'nothing was chosen');
        await entries.replace([{ type: 'begun', plan: plan.id }]);
        await planFile.write(plan);
        read = null;
        progress = createImportProgress(plan);
        match();
        return state();
      }),
    async report({ offset, limit, filter }) {
      const current = await ready();
      const numbers = current.rows(filter);
      const rows = numbers.slice(offset, offset + limit).flatMap((row) => current.row(row) ?? []);
      return { rows, total: numbers.length };
    },
    async choose({ row, id }) {
      const current = await ready();
      const shown = current.row(row);
      const things = shown === null ? [] : [shown.found, ...shown.alternatives];
      const found = id === null ? null : (things.find((thing) => thing?.id === id) ?? null);
      if (shown === null || (id !== null && found === null))
        throw new HostFailure('not_found', 'no such row or alternative');
      if (shown.isTaken) throw new HostFailure('forbidden', 'it is in the library already');
      await write(current, { type: 'chosen', row, found });
      return state();
    },
    take: () =>
      inTurn(async () => {
        await resting();
        take();
        return state();
      }),
    again: () =>
      inTurn(async () => {
        await write(await resting(), { type: 'again' });
        match();
        return state();
      }),
    async unmatched() {
      const current = await ready();
      const lists = new Map<number, number[]>();
      for (const row of current.rows('open')) {
        const list = current.plan.rows[row]?.list ?? 0;
        lists.set(list, [...(lists.get(list) ?? []), row]);
      }
      if (lists.size === 0) return null;
      const tables = Array.from(lists, ([place, rows]) => {
        const list = current.plan.lists[place];
        return {
          name: list?.kind === 'playlist' ? list.name : '',
          description: '',
          tracks: rows.flatMap((row) => current.plan.rows[row]?.wanted ?? []),
        };
      });
      return textFile('Not found.csv', 'text/csv', writeCsv(tables));
    },
    dismiss() {
      // What is at work or being read ends now, not when it is done.
      stopping.abort();
      return inTurn(async () => {
        stopping = new AbortController();
        work = Promise.resolve();
        received.forget();
        read = null;
        progress = null;
        become(RESTING);
        await planFile.write(NO_PLAN);
        await entries.replace([]);
        return state();
      });
    },
    export: ({ source, format }) => exporter(source, format),
  };

  return {
    api,
    snapshot: state,
    serviceReached: goOn,
    async close() {
      closing.abort();
      await settled();
      await work;
    },
  };
};
