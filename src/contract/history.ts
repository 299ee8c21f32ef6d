/** What was played: the whole history, asked for in pages, and whether anything is written down now. */
import type { Track } from './catalog-http.ts';

export interface PlayedEntry {
  readonly track: Track;
  /** When it began (ISO 8601). */
  readonly playedAt: string;
}

export interface HistoryEntry extends PlayedEntry {
  readonly id: string;
  /** How much of it sounded. */
  readonly heardMs: number;
  /** False: on another of the listener's devices. */
  readonly isFromHere: boolean;
}

/** One play as the player counts it, on a clock that only grows. */
export interface Listening {
  /** One for each play; saying it again changes nothing but what was heard. */
  readonly id: string;
  readonly agoMs: number;
  readonly heardMs: number;
}

export interface HistoryDay {
  /** `2026-01-31`, of this computer's time zone. */
  readonly day: string;
  readonly plays: number;
}

export interface HistoryApi {
  /** Newest first; a track played several times in a row stands once. */
  recent(request: { readonly limit: number }): Promise<readonly PlayedEntry[]>;
  /** How many plays there are of each day, the newest first; `find`: words of titles, artists, albums. */
  days(request: { readonly find?: string | undefined }): Promise<readonly HistoryDay[]>;
  /** Every play, newest first. */
  page(request: {
    readonly find?: string | undefined;
    readonly offset: number;
    readonly limit: number;
  }): Promise<readonly HistoryEntry[]>;
  /** What was played at least twice in the last thirty days, most first. */
  onRepeat(request: { readonly limit: number }): Promise<readonly Track[]>;
  /** A track begins to sound: what is connected says that it plays now. */
  began(request: { readonly track: Track }): Promise<void>;
  /** A play counts after 30 s, or at the end of anything shorter. Without `play`: it began now. */
  record(request: { readonly track: Track; readonly play?: Listening | undefined }): Promise<void>;
  /** More of it was heard; whatever follows from that is done once for each play. */
  heard(request: { readonly track: Track; readonly play: Listening }): Promise<void>;
  /** These plays are gone. What was removed can be put back until something else is, or the app quits. */
  remove(request: { readonly ids: readonly string[] }): Promise<void>;
  restore(): Promise<void>;
  clear(): Promise<void>;
}

export interface Privacy {
  /** Nothing that is played or searched is written down or told, until this is turned off or the app quits. */
  readonly isPrivate: boolean;
}

export interface PrivacyApi {
  get(): Promise<Privacy>;
  setPrivate(request: { readonly on: boolean }): Promise<Privacy>;
}
