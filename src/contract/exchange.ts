/**
 * Music lists from other programs and services into the library, and out of it. An import is one piece of work that outlives the app:
 * what was read, what was found and what was chosen lie on the disk until the listener is done with it.
 */
import type { MatchKind } from '../core/exchange/match.ts';
import type { HostErrorCode } from './host-error.ts';

/** Why a file cannot be read. Closed; the sentence is made at the screen. */
export const EXCHANGE_FAULTS = [
  /** Nothing that is known: no playlist and no export. */
  'unknown_format',
  /** The right kind of file, but broken there. */
  'malformed',
  /** More bytes, rows or nesting than any list of music has. */
  'too_large',
  /** A table without a column of titles. */
  'no_titles',
  /** Nothing in it that could be taken over. */
  'empty',
] as const;
export type ExchangeFault = (typeof EXCHANGE_FAULTS)[number];

export const EXCHANGE_FORMATS = ['m3u', 'xspf', 'jspf', 'csv', 'spotify', 'apple'] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];
export const EXPORT_FORMATS = ['m3u8', 'xspf', 'jspf', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Of all files of one import together. */
export const MOST_IMPORT_BYTES = 128 * 1024 ** 2;
/** Files come in pieces of at most so much. */
export const MOST_PIECE_BYTES = 1024 ** 2;

/** What was read, before anything is done with it. */
export interface ImportPreview {
  readonly files: readonly { readonly name: string; readonly format: ExchangeFormat }[];
  readonly failed: readonly {
    readonly name: string;
    readonly fault: ExchangeFault;
    readonly line: number | null;
  }[];
  readonly playlists: readonly { readonly name: string; readonly tracks: number }[];
  readonly savedTracks: number;
  readonly savedAlbums: number;
  readonly savedArtists: number;
  /** Plays of a history. */
  readonly plays: number;
  /** Plays of a history that were too short to count: they are not taken over. */
  readonly passedPlays: number;
  /** Entries that are no music, or have no name at all. */
  readonly leftOut: number;
}

export type MatchCounts = Readonly<Record<MatchKind, number>>;

/**
 * none ─ read ─▶ read ─ start ─▶ matching ─ all looked for ─▶ matched ⇄ take ─▶ taking
 *   ▲              └────────────── dismiss ──────────────────────┘        (again: back to matching)
 *   └────────────────────────────────────────────────────────────┘
 */
export type ImportState =
  | { readonly state: 'none' }
  | { readonly state: 'read'; readonly preview: ImportPreview }
  | {
      readonly state: 'matching';
      readonly total: number;
      readonly done: number;
      readonly counts: MatchCounts;
      /** Why it does not go on now; it does by itself when the service answers again. */
      readonly held: HostErrorCode | null;
    }
  | {
      readonly state: 'matched';
      readonly total: number;
      readonly counts: MatchCounts;
      /** In the library by now. */
      readonly taken: number;
      /** Found or chosen, and not in the library yet. */
      readonly toTake: number;
      /** Why taking over stopped; what was taken until then stays. */
      readonly failure: HostErrorCode | null;
    }
  | { readonly state: 'taking'; readonly total: number; readonly done: number };

/** An entry of the catalog, as far as the report shows it. */
export interface FoundThing {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string | null;
  readonly durationMs: number | null;
}

export interface ImportRow {
  readonly row: number;
  readonly kind: 'track' | 'album' | 'artist';
  /** The playlist it is of; null: what is saved or was played. */
  readonly list: string | null;
  readonly wanted: {
    readonly title: string;
    readonly artists: readonly string[];
    readonly album: string | null;
    readonly durationMs: number | null;
  };
  /** Null: not looked for yet. */
  readonly match: MatchKind | null;
  readonly found: FoundThing | null;
  /** What it may be instead, best first. */
  readonly alternatives: readonly FoundThing[];
  /** The listener said so. */
  readonly isChosen: boolean;
  readonly isTaken: boolean;
}

/** `open`: ambiguous and none, as long as nothing was chosen for them. */
export const IMPORT_FILTERS = ['all', 'open', 'close', 'sure'] as const;
export type ImportFilter = (typeof IMPORT_FILTERS)[number];

/** A file for the listener, to be saved by the window. */
export interface ExportedFile {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

/** What is exported: one playlist, all of them, or the liked tracks. */
export type ExportSource =
  | { readonly kind: 'playlist'; readonly id: string }
  | { readonly kind: 'all_playlists' }
  | { readonly kind: 'saved_tracks' };

export interface ExchangeApi {
  get(): Promise<ImportState>;
  /** A piece of a file, in order; pieces of another transfer take the place of one that was not read. Rejects with `limit_reached`. */
  receive(request: {
    readonly transfer: string;
    readonly name: string;
    readonly base64: string;
  }): Promise<void>;
  /**
   * Reads what was received; it takes the place of what was read before. Rejects with `not_found` (no such transfer) and, while another
   * import is not dismissed, with `forbidden`.
   */
  read(request: { readonly transfer: string }): Promise<ImportState>;
  /** `playlists`: places in the preview. Rejects with `not_found` where nothing was read, with `storage_failed`. */
  start(request: {
    readonly playlists: readonly number[];
    readonly savedTracks: boolean;
    readonly savedAlbums: boolean;
    readonly savedArtists: boolean;
    readonly plays: boolean;
  }): Promise<ImportState>;
  report(request: {
    readonly offset: number;
    /** At most 200. */
    readonly limit: number;
    readonly filter: ImportFilter;
  }): Promise<{ readonly rows: readonly ImportRow[]; readonly total: number }>;
  /** One of the row's alternatives (or what was found), or null: none of them. Rejects with `not_found`. */
  choose(request: { readonly row: number; readonly id: string | null }): Promise<ImportState>;
  /** Makes the playlists, saves what is saved and writes down what was played, once each; what was chosen later joins them the next time. */
  take(): Promise<ImportState>;
  /** Looks once more for what is open. */
  again(): Promise<ImportState>;
  /** What is open, as a table; null where nothing is. */
  unmatched(): Promise<ExportedFile | null>;
  /** Ends the import at any step and forgets it. What is in the library stays. */
  dismiss(): Promise<ImportState>;
  /** Several playlists come as one archive. Rejects with `not_found`. */
  export(request: { readonly source: ExportSource; readonly format: ExportFormat }): Promise<ExportedFile>;
}
