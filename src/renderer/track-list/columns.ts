import type { RowHeights } from '../theme/row-heights.ts';

/** Which columns a list of tracks has, by where it stands. */
export type TrackListLayout =
  /** On an album: the number on the record, the title alone. */
  | 'album'
  /** Where albums mix: place, art, title over artist, album. */
  | 'mixed'
  /** Among search results: as `mixed`, without a place. */
  | 'results'
  /** In the history: as `results`, with when each was played in place of how long it is. */
  | 'played'
  /** On an artist's page: place, title alone, album, plays. */
  | 'ranked'
  /** On the home page: place, title over artist, a bar as long as the plays. */
  | 'chart';

export interface TrackColumns {
  readonly number: 'onRecord' | 'place' | null;
  readonly art: boolean;
  /** Artists as the second line of the title; else only guests follow the title. */
  readonly artistsBelow: boolean;
  readonly album: boolean;
  readonly plays: boolean;
  readonly bar: boolean;
  readonly time: boolean;
}

export const COLUMNS: Readonly<Record<TrackListLayout, TrackColumns>> = {
  album: {
    number: 'onRecord',
    art: false,
    artistsBelow: false,
    album: false,
    plays: false,
    bar: false,
    time: true,
  },
  mixed: {
    number: 'place',
    art: true,
    artistsBelow: true,
    album: true,
    plays: false,
    bar: false,
    time: true,
  },
  results: { number: null, art: true, artistsBelow: true, album: true, plays: false, bar: false, time: true },
  played: { number: null, art: true, artistsBelow: true, album: true, plays: false, bar: false, time: true },
  ranked: {
    number: 'place',
    art: false,
    artistsBelow: false,
    album: true,
    plays: true,
    bar: false,
    time: true,
  },
  chart: {
    number: 'place',
    art: false,
    artistsBelow: true,
    album: false,
    plays: true,
    bar: true,
    time: false,
  },
};

/** Px. The chart's rows are set a little wider, for the rules between them. */
export const rowHeightOf = (layout: TrackListLayout, heights: RowHeights): number => {
  if (layout === 'chart') return heights.rowWithArt + 4;
  return COLUMNS[layout].art ? heights.rowWithArt : heights.row;
};

/** A heading above some rows: a disc of an album. */
export interface TrackGroup {
  readonly id: string;
  readonly title: string;
  /** Of all under it; null: it is not said. */
  readonly durationMs: number | null;
  /** Index of the first track under it. */
  readonly firstIndex: number;
}

/** What stands in the list from top to bottom. */
export type TrackListLine =
  | { readonly kind: 'heading'; readonly group: TrackGroup }
  | { readonly kind: 'track'; readonly index: number };

/** Headings and rows in order; groups come in list order. */
export const linesOf = (trackCount: number, groups: readonly TrackGroup[]): readonly TrackListLine[] => {
  const byFirstIndex = new Map(groups.map((group) => [group.firstIndex, group]));
  return Array.from({ length: trackCount }, (_, index) => index).flatMap((index): TrackListLine[] => {
    const group = byFirstIndex.get(index);
    const row: TrackListLine = { kind: 'track', index };
    return group === undefined ? [row] : [{ kind: 'heading', group }, row];
  });
};
