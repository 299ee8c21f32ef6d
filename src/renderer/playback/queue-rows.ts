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

const sectionRows = (section: QueueSection, entries: readonly PlayerEntry[]): readonly QueueRow[] =>
  entries.length === 0
    ? []
    : [
        { kind: 'heading', section },
        ...entries.map((entry): QueueRow => ({ kind: 'entry', section, entry })),
      ];

/** The panel as one list of rows of one height: headings and entries. Played entries show only when asked for. */
export const queueRows = (parts: QueueParts, showsPlayed: boolean): readonly QueueRow[] => [
  ...(parts.played.length > 0
    ? sectionRows('played', parts.played).slice(0, showsPlayed ? undefined : 1)
    : []),
  ...sectionRows('current', parts.current === null ? [] : [parts.current]),
  ...sectionRows('requested', parts.requested),
  ...sectionRows('upcoming', parts.upcoming),
];

const isWaiting = (
  row: QueueRow | undefined,
): row is Extract<QueueRow, { kind: 'entry' }> & { readonly section: QueuePlace['section'] } =>
  row?.kind === 'entry' && (row.section === 'requested' || row.section === 'upcoming');

/** The first gap (before the row of that index) into which anything can be moved: right behind what plays. */
export const firstGap = (rows: readonly QueueRow[]): number =>
  rows.findIndex((row) => row.kind === 'entry' && row.section === 'current') + 1;

/**
 * What dropping into a gap means. Between two sections the end of the upper one is meant; right behind what plays,
 * "because you asked".
 */
export const placeAtGap = (rows: readonly QueueRow[], gap: number): QueuePlace => {
  const below = rows[gap];
  if (isWaiting(below)) return { section: below.section, beforeEntryId: below.entry.entryId };
  const above = rows[gap - 1];
  if (isWaiting(above)) return { section: above.section, beforeEntryId: null };
  const firstAsked = rows.find((row) => row.kind === 'entry' && row.section === 'requested');
  return {
    section: 'requested',
    beforeEntryId: firstAsked?.kind === 'entry' ? firstAsked.entry.entryId : null,
  };
};

/** The gap nearest to a height (px from the top of the rows), kept among those that wait. */
export const gapAt = (rows: readonly QueueRow[], offsetPx: number, rowPx: number): number => {
  const nearest = Math.max(firstGap(rows), Math.min(rows.length, Math.round(offsetPx / rowPx)));
  // Directly under a heading is its first place; directly above it is the end of the section before.
  const below = rows[nearest];
  const isAboveFirstHeading = below?.kind === 'heading' && rows[nearest - 1]?.kind !== 'entry';
  return isAboveFirstHeading ? nearest + 1 : nearest;
};

/** Where one step up or down leads an entry, through both sections; null at the ends and for what does not wait. */
export const placeAfterStep = (
  rows: readonly QueueRow[],
  entryId: string,
  step: 'up' | 'down',
): QueuePlace | null => {
  const waiting = rows.filter(isWaiting);
  const index = waiting.findIndex((row) => row.entry.entryId === entryId);
  const row = waiting[index];
  if (row === undefined) return null;
  const neighbour = waiting[step === 'up' ? index - 1 : index + 1];
  if (neighbour === undefined) {
    // The first of the rest, with nothing asked for yet, becomes what was asked for.
    return step === 'up' && row.section === 'upcoming' ? { section: 'requested', beforeEntryId: null } : null;
  }
  if (step === 'up') {
    return neighbour.section === row.section
      ? { section: row.section, beforeEntryId: neighbour.entry.entryId }
      : { section: neighbour.section, beforeEntryId: null };
  }
  if (neighbour.section !== row.section) {
    return { section: neighbour.section, beforeEntryId: neighbour.entry.entryId };
  }
  const afterNeighbour = waiting[index + 2];
  return {
    section: row.section,
    beforeEntryId: afterNeighbour?.section === row.section ? afterNeighbour.entry.entryId : null,
  };
};

/** The row to go to from another one; headings are passed over. The same index where there is none. */
export const entryRowFrom = (rows: readonly QueueRow[], from: number, direction: 1 | -1): number => {
  for (let index = from + direction; index >= 0 && index < rows.length; index += direction) {
    if (rows[index]?.kind === 'entry') return index;
  }
  return from;
};
