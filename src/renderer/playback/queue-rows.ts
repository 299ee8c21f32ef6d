import type { QueuePlace } from '../../core/playback/queue-edit.ts';
import type { PlayerEntry } from './playback-store.ts';

export type QueueSection = 'played' | 'current' | 'requested' | 'upcoming';

export type QueueRow =
  | { readonly kind: 'heading'; readonly section: QueueSection }
  | { readonly kind: 'entry'; readonly section: QueueSection; readonly entry: PlayerEntry };

export interface QueueParts {
  readonly played: readonly PlayerEntry[];
  readonly current: PlayerEntry | null;
  readonly requested: readonly PlayerEntry[];
  readonly upcoming: readonly PlayerEntry[];
}

/** The panel as one list of rows of one height: headings and entries. Rows are made as they are asked for: there may be 20,000. */
export interface QueueRows {
  readonly length: number;
  /** Of what plays; -1 with an empty queue. */
  readonly currentRow: number;
  /** Undefined outside of the list. */
  at(index: number): QueueRow | undefined;
  /** Of an entry; -1 where it has no row. */
  rowOf(entryId: string | null): number;
}

interface Block {
  readonly section: QueueSection;
  /** Those that show. */
  readonly entries: readonly PlayerEntry[];
  /** Row of the heading; entries follow it. */
  readonly from: number;
}

const NONE: readonly PlayerEntry[] = [];

const blocksOf = (parts: QueueParts, showsPlayed: boolean): readonly Block[] => {
  const sections = [
    ['played', parts.played],
    ['current', parts.current === null ? NONE : [parts.current]],
    ['requested', parts.requested],
    ['upcoming', parts.upcoming],
  ] as const;
  let from = 0;
  return sections.flatMap(([section, all]): readonly Block[] => {
    if (all.length === 0) return [];
    const block = { section, entries: section === 'played' && !showsPlayed ? NONE : all, from };
    from += 1 + block.entries.length;
    return [block];
  });
};

/** Played entries show only when asked for. */
export const queueRows = (parts: QueueParts, showsPlayed: boolean): QueueRows => {
  const blocks = blocksOf(parts, showsPlayed);
  const last = blocks.at(-1);
  const current = blocks.find(({ section }) => section === 'current');
  const found = new Map<string, number>();
  const find = (entryId: string): number => {
    for (const { entries, from } of blocks.toReversed()) {
      const place = entries.findIndex((entry) => entry.entryId === entryId);
      if (place >= 0) return from + 1 + place;
    }
    return -1;
  };
  return {
    length: last === undefined ? 0 : last.from + 1 + last.entries.length,
    currentRow: current === undefined ? -1 : current.from + 1,
    at: (index) => {
      const block = blocks.findLast(({ from }) => from <= index);
      if (block === undefined) return undefined;
      const { section } = block;
      if (index === block.from) return { kind: 'heading', section };
      const entry = block.entries[index - block.from - 1];
      return entry === undefined ? undefined : { kind: 'entry', section, entry };
    },
    rowOf: (entryId) => {
      if (entryId === null) return -1;
      const row = found.get(entryId) ?? find(entryId);
      found.set(entryId, row);
      return row;
    },
  };
};

const isWaiting = (
  row: QueueRow | undefined,
): row is Extract<QueueRow, { kind: 'entry' }> & { readonly section: QueuePlace['section'] } =>
  row?.kind === 'entry' && (row.section === 'requested' || row.section === 'upcoming');

/** The first gap (before the row of that index) into which anything can be moved: right behind what plays. */
export const firstGap = (rows: QueueRows): number => rows.currentRow + 1;

/**
 * What dropping into a gap means. Between two sections the end of the upper one is meant; right behind what plays,
 * "because you asked".
 */
export const placeAtGap = (rows: QueueRows, gap: number): QueuePlace => {
  const below = rows.at(gap);
  if (isWaiting(below)) return { section: below.section, beforeEntryId: below.entry.entryId };
  const above = rows.at(gap - 1);
  if (isWaiting(above)) return { section: above.section, beforeEntryId: null };
  const first = rows.at(firstGap(rows) + 1);
  return {
    section: 'requested',
    beforeEntryId: isWaiting(first) && first.section === 'requested' ? first.entry.entryId : null,
  };
};

/** The gap nearest to a height (px from the top of the rows), kept among those that wait. */
export const gapAt = (rows: QueueRows, offsetPx: number, rowPx: number): number => {
  const nearest = Math.max(firstGap(rows), Math.min(rows.length, Math.round(offsetPx / rowPx)));
  // Directly under a heading is its first place; directly above it is the end of the section before.
  const below = rows.at(nearest);
  const isAboveFirstHeading = below?.kind === 'heading' && rows.at(nearest - 1)?.kind !== 'entry';
  return isAboveFirstHeading ? nearest + 1 : nearest;
};

/** Where one step up or down leads an entry, through both sections; null at the ends and for what does not wait. */
export const placeAfterStep = (rows: QueueRows, entryId: string, step: 'up' | 'down'): QueuePlace | null => {
  const index = rows.rowOf(entryId);
  const row = rows.at(index);
  if (!isWaiting(row)) return null;
  const beyond = rows.at(entryRowFrom(rows, index, step === 'up' ? -1 : 1));
  if (!isWaiting(beyond) || beyond.entry === row.entry) {
    // The first of the rest, with nothing asked for yet, becomes what was asked for.
    return step === 'up' && row.section === 'upcoming' ? { section: 'requested', beforeEntryId: null } : null;
  }
  if (step === 'up') {
    return beyond.section === row.section
      ? { section: row.section, beforeEntryId: beyond.entry.entryId }
      : { section: beyond.section, beforeEntryId: null };
  }
  if (beyond.section !== row.section) {
    return { section: beyond.section, beforeEntryId: beyond.entry.entryId };
  }
  const afterBeyond = rows.at(index + 2);
  return {
    section: row.section,
    beforeEntryId:
      isWaiting(afterBeyond) && afterBeyond.section === row.section ? afterBeyond.entry.entryId : null,
  };
};

/** The row to go to from another one; headings are passed over. The same index where there is none. */
export const entryRowFrom = (rows: QueueRows, from: number, direction: 1 | -1): number => {
  for (let index = from + direction; index >= 0 && index < rows.length; index += direction) {
    if (rows.at(index)?.kind === 'entry') return index;
  }
  return from;
};
