import { firstHere } from '../../core/playback/what-follows.ts';
import type { PlayerEntry } from './playback-store.ts';

/** Of a queue of 20,000 the first that plays is nearly always near: small questions find it soonest. */
const ASKED_AT_ONCE = 100;

export interface EntryHere {
  readonly entry: PlayerEntry;
  /** How many entries before it are not here. */
  readonly passed: number;
}

/** Looks for the first of many entries that is on this computer. The newest question wins: an older one never answers. */
export class LookAhead {
  readonly #playableHere: (trackIds: readonly string[]) => Promise<ReadonlySet<string>>;
  #newest = 0;

  /** `playableHere` gives those of the ids whose audio is here and may be played; it never rejects. */
  constructor(playableHere: (trackIds: readonly string[]) => Promise<ReadonlySet<string>>) {
    this.#playableHere = playableHere;
  }

  /** Tells `found` once: the first that is here, or null when none of them is. */
  look(entries: readonly PlayerEntry[], found: (here: EntryHere | null) => void): void {
    this.cancel();
    void this.#search(entries, this.#newest, found);
  }

  /** What is being looked for is no longer wanted. */
  cancel(): void {
    this.#newest += 1;
  }

  async #search(
    entries: readonly PlayerEntry[],
    mine: number,
    found: (here: EntryHere | null) => void,
  ): Promise<void> {
    for (let from = 0; from < entries.length; from += ASKED_AT_ONCE) {
      const chunk = entries.slice(from, from + ASKED_AT_ONCE);
      const here = firstHere(chunk, await this.#playableHere(chunk.map((entry) => entry.track.id)));
      if (mine !== this.#newest) return;
      if (here !== null) {
        found({ entry: here.entry, passed: from + here.passed });
        return;
      }
    }
    if (mine === this.#newest) found(null);
  }
}
