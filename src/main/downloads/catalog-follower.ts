import { HostFailure } from '../../contract/host-error.ts';
import type { PinSource } from '../../contract/offline.ts';
import type { Clock, Log } from '../ports.ts';
import { keyOf } from './pin-contents.ts';

export interface CatalogFollower {
  /** The service answers: whatever is due is asked for, one after the other. Cheap when nothing is. */
  reached(): void;
  /** A page of this source was just seen: look at it soon, unless that was just done. */
  seen(source: PinSource): void;
  /** The catalog has just told about it. */
  noteChecked(key: string): void;
  /** When each was last asked about, in milliseconds since the epoch. */
  checked(): Readonly<Record<string, number>>;
  forget(key: string): void;
  /** Resolves when nothing is asked any more; only after `closing`. */
  settled(): Promise<void>;
}

const DUE_AFTER_MS = 6 * 3_600_000;
/** At the start of a run, and when its page is seen: not again what was asked about a moment ago. */
const FRESH_MS = 10 * 60_000;

/** Keeps what is pinned in step with the catalog: once after the start, then every six hours while the service is reached. */
export const createCatalogFollower = (options: {
  readonly sources: () => readonly PinSource[];
  readonly checked: Readonly<Record<string, number>>;
  /** Asks about one source and takes over what has changed. Rejects with a `HostFailure`. */
  readonly ask: (source: PinSource) => Promise<void>;
  /** After a round in which something was asked. */
  readonly onRound: () => Promise<void>;
  /** Tells an answer that makes no sense from one that never came. */
  readonly isUnreachable: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
}): CatalogFollower => {
  const { sources, ask, onRound, isUnreachable, clock, log, closing } = options;
  const checkedAtMs = new Map(Object.entries(options.checked));
  const seenSources = new Map<string, PinSource>();
  let round: Promise<void> | null = null;
  let isFirstRound = true;

  const isOlderThan = (ageMs: number, key: string): boolean => {
    const age = clock.now() - (checkedAtMs.get(key) ?? -Infinity);
    // A clock that was set back does not keep anything from being looked at.
    return age >= ageMs || age < 0;
  };

  const takeDue = (): readonly PinSource[] => {
    const ageMs = isFirstRound ? FRESH_MS : DUE_AFTER_MS;
    const due = sources().filter((source) => isOlderThan(ageMs, keyOf(source)));
    return due.concat(Array.from(seenSources.values()).filter((source) => !due.includes(source)));
  };

  /** False when there was no answer: then the rest would not be answered either. */
  const askOne = async (source: PinSource): Promise<boolean> => {
    const key = keyOf(source);
    const askedAtMs = clock.now();
    try {
      await ask(source);
    } catch (error) {
      if (closing.aborted || isUnreachable()) return false;
      const code = error instanceof HostFailure ? error.code : 'internal';
      if (code === 'offline') return false;
      log.warn('kept source could not be brought up to date', { key, code, error });
    }
    seenSources.delete(key);
    checkedAtMs.set(key, askedAtMs);
    return true;
  };

  const goThrough = async (due: readonly PinSource[]): Promise<void> => {
    for (const source of due) {
      if (!(await askOne(source)) || closing.aborted) return;
    }
    isFirstRound = false;
    await onRound();
  };

  const reached = (): void => {
    if (round !== null || closing.aborted) return;
    const due = takeDue();
    if (due.length === 0) {
      isFirstRound = false;
      return;
    }
    round = goThrough(due)
      .catch((error: unknown) => log.warn('kept sources could not be brought up to date', { error }))
      .finally(() => {
        round = null;
        if (seenSources.size > 0 && !isUnreachable()) reached();
      });
  };

  return {
    reached,
    seen(source) {
      const key = keyOf(source);
      if (!isOlderThan(FRESH_MS, key)) return;
      seenSources.set(key, source);
      reached();
    },
    noteChecked(key) {
      checkedAtMs.set(key, clock.now());
    },
    checked: () => Object.fromEntries(checkedAtMs),
    forget(key) {
      checkedAtMs.delete(key);
      seenSources.delete(key);
    },
    async settled() {
      await round;
    },
  };
};
