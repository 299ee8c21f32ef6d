/** Goes through the rows of an import that were not looked for yet, a batch at a time, each on the disk before the next. */
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { MOST_MATCH_ITEMS } from '../../contract/match-http.ts';
import { kindOf, sameWanted } from '../../core/exchange/import-plan.ts';
import type { ExchangeTrack } from '../../core/exchange/exchange.ts';
import type { SavedKind } from '../../core/library/operations.ts';
import { eachInSteps, type Steps } from '../../core/work/steps.ts';
import { inSlices } from '../in-slices.ts';
import type { Finder } from './finder.ts';
import type { ImportEntry, RowResult } from './import-entries.ts';
import type { ImportProgress } from './import-progress.ts';

/** The same thing wanted in several rows. */
interface Question {
  readonly kind: SavedKind;
  readonly wanted: ExchangeTrack;
  readonly rows: readonly number[];
}

export type RunOutcome =
  | { readonly state: 'done' }
  /** The service does not answer; what is known here beyond doubt was taken from here. */
  | { readonly state: 'held'; readonly cause: HostErrorCode };

function* questionsOf({ plan, waiting }: ImportProgress): Steps<readonly Question[]> {
  const byKey = new Map<string, { kind: SavedKind; wanted: ExchangeTrack; rows: number[] }>();
  yield* eachInSteps(waiting(), (row) => {
    const planned = plan.rows[row];
    const list = planned === undefined ? undefined : plan.lists[planned.list];
    if (planned === undefined || list === undefined) return;
    const key = sameWanted(planned, plan.lists);
    const question = byKey.get(key) ?? { kind: kindOf(list), wanted: planned.wanted, rows: [] };
    byKey.set(key, question);
    question.rows.push(row);
  });
  return Array.from(byKey.values());
}

/** Batches of one kind, in order. */
const batchesOf = (questions: readonly Question[]): readonly (readonly Question[])[] => {
  const batches: Question[][] = [];
  for (const question of questions) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < MOST_MATCH_ITEMS && last[0]?.kind === question.kind)
      last.push(question);
    else batches.push([question]);
  }
  return batches;
};

export const runImport = async (options: {
  readonly progress: ImportProgress;
  readonly finder: Finder;
  /** Resolves once the entry is on the disk and applied. */
  readonly write: (entry: ImportEntry) => Promise<void>;
  readonly signal: AbortSignal;
  /** Lets others have their turn between two questions to what is known here. */
  readonly breathe: () => Promise<void>;
}): Promise<RunOutcome> => {
  const { progress, finder, write, signal, breathe } = options;

  /** What is known here, when nothing more can be asked. */
  const findHere = async (batches: readonly (readonly Question[])[]): Promise<void> => {
    for (const batch of batches) {
      const results: { rows: readonly number[]; result: RowResult }[] = [];
      for (const { kind, wanted, rows } of batch) {
        const result = finder.findHere(kind, wanted);
        if (result !== null) results.push({ rows, result });
        await breathe();
        signal.throwIfAborted();
      }
      if (results.length > 0) await write({ type: 'matched', results });
    }
  };

  const batches = batchesOf(await inSlices(questionsOf(progress)));
  signal.throwIfAborted();
  for (const [place, batch] of batches.entries()) {
    const [first] = batch;
    if (first === undefined) continue;
    let results: readonly RowResult[];
    try {
      results = await finder.find(
        first.kind,
        batch.map(({ wanted }) => wanted),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HostFailure)) throw error;
      await findHere(batches.slice(place));
      return { state: 'held', cause: error.code };
    }
    signal.throwIfAborted();
    await write({
      type: 'matched',
      results: batch.flatMap(({ rows }, index) => {
        const result = results[index];
        return result === undefined ? [] : [{ rows, result }];
      }),
    });
  }
  return { state: 'done' };
};
