/** How often and when the listener heard a track, as whoever keeps the history knows it. */
export interface PlayFact {
  readonly plays: number;
  /** Null: never. */
  readonly lastPlayedMs: number | null;
}
export interface PlayFacts {
  of(trackId: string): PlayFact;
  /** Moves with every play. */
  revision(): number;
}
