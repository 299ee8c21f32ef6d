/** What became of an import so far, from its log: each entry takes it one step on. */
import { assertNever } from '../../core/playback/assert-never.ts';
import { kindOf } from '../../core/exchange/import-plan.ts';
import type { MatchKind } from '../../core/exchange/match.ts';
import type { FoundThing, ImportFilter, ImportRow, MatchCounts } from '../../contract/exchange.ts';
import type { ImportEntry, RowResult, StoredPlan } from './import-entries.ts';

export interface ImportProgress {
  readonly plan: StoredPlan;
  apply(entry: ImportEntry): void;
  /** Rows that were not looked for yet, in order. */
  waiting(): readonly number[];
  counts(): MatchCounts;
  taken(): number;
  /** Found or chosen and not in the library yet: by list, in order. */
  toTake(): ReadonlyMap<number, readonly { readonly row: number; readonly id: string }[]>;
  playlistOf(list: number): string | null;
  /** What was about to be put into the library when the app ended, and may be there. */
  begunTaking(list: number): readonly number[] | null;
  row(row: number): ImportRow | null;
  /** Rows that pass the filter, in order. */
  rows(filter: ImportFilter): readonly number[];
}

const SURE: ReadonlySet<MatchKind> = new Set(['id', 'isrc', 'exact']);

export const createImportProgress = (plan: StoredPlan): ImportProgress => {
  const results = new Map<number, RowResult>();
  const chosen = new Map<number, FoundThing | null>();
  const taken = new Set<number>();
  const playlists = new Map<number, string>();
  const taking = new Map<number, readonly number[]>();

  const foundOf = (row: number): FoundThing | null =>
    chosen.has(row) ? (chosen.get(row) ?? null) : (results.get(row)?.found ?? null);
  const isOpen = (row: number): boolean => {
    const kind = results.get(row)?.kind;
    return (kind === 'ambiguous' || kind === 'none') && !chosen.has(row);
  };
  const passes: Readonly<Record<ImportFilter, (row: number) => boolean>> = {
    all: () => true,
    open: isOpen,
    close: (row) => results.get(row)?.kind === 'close',
    sure: (row) => SURE.has(results.get(row)?.kind ?? 'none'),
  };
  const numbers = plan.rows.map((_, row) => row);

  return {
    plan,
    apply(entry) {
      switch (entry.type) {
        case 'begun':
          return;
        case 'matched':
          for (const { rows, result } of entry.results) for (const row of rows) results.set(row, result);
          return;
        case 'chosen':
          chosen.set(entry.row, entry.found);
          return;
        case 'again':
          for (const row of numbers.filter(isOpen)) results.delete(row);
          return;
        case 'taking':
          taking.set(entry.list, entry.rows);
          return;
        case 'taken':
          for (const row of entry.rows) taken.add(row);
          taking.delete(entry.list);
          if (entry.playlistId !== null) playlists.set(entry.list, entry.playlistId);
          return;
        default:
          assertNever(entry);
      }
    },
    waiting: () => numbers.filter((row) => !results.has(row)),
    counts() {
      const counts = { id: 0, isrc: 0, exact: 0, close: 0, ambiguous: 0, none: 0 };
      for (const { kind } of results.values()) counts[kind] += 1;
      return counts;
    },
    taken: () => taken.size,
    toTake() {
      const lists = new Map<number, { row: number; id: string }[]>();
      plan.rows.forEach(({ list }, row) => {
        const found = foundOf(row);
        if (found === null || taken.has(row)) return;
        const ofList = lists.get(list) ?? [];
        lists.set(list, ofList);
        ofList.push({ row, id: found.id });
      });
      return lists;
    },
    playlistOf: (list) => playlists.get(list) ?? null,
    begunTaking: (list) => taking.get(list) ?? null,
    row(row) {
      const planned = plan.rows[row];
      const list = planned === undefined ? undefined : plan.lists[planned.list];
      if (planned === undefined || list === undefined) return null;
      const result = results.get(row);
      const found = foundOf(row);
      const { title, artists, album, durationMs } = planned.wanted;
      const all = result === undefined ? [] : [result.found, ...result.alternatives];
      return {
        row,
        kind: kindOf(list),
        list: list.kind === 'playlist' ? list.name : null,
        wanted: { title, artists, album, durationMs },
        match: result?.kind ?? null,
        found,
        alternatives: all.filter((thing) => thing !== null).filter(({ id }) => id !== found?.id),
        isChosen: chosen.has(row),
        isTaken: taken.has(row),
      };
    },
    rows: (filter) => numbers.filter(passes[filter]),
  };
};
