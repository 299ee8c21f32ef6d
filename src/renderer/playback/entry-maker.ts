import type { Track } from '../../contract/catalog-http.ts';
import type { PlayerEntry } from './playback-store.ts';

/** Makes queue entries whose ids are unique, across restarts as well when each start has a prefix of its own. */
export class EntryMaker {
  readonly #prefix: string;
  #count = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  of(tracks: readonly Track[]): readonly PlayerEntry[] {
    return tracks.map((track) => {
      this.#count += 1;
      return { entryId: `${this.#prefix}-${this.#count}`, track };
    });
  }

  /** Entries that nobody asked for. */
  addedBy(by: 'autoplay', tracks: readonly Track[]): readonly PlayerEntry[] {
    return this.of(tracks).map((entry) => ({ ...entry, addedBy: by }));
  }
}
