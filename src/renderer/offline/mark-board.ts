import type { TrackMark } from '../../contract/offline.ts';

/** How a track stands. Null: it is not here; undefined: not known yet, which is no reason to show anything. */
export type KnownMark = TrackMark | null | undefined;

export type Marks = Readonly<Record<string, TrackMark>>;

/** As many as the host answers at once. */
export const MOST_MARKS_AT_ONCE = 500;

const isSameMark = (left: KnownMark, right: KnownMark): boolean => {
  if (left === right) return true;
  if (!left || !right || left.state !== right.state) return false;
  if (left.state === 'fetching' && right.state === 'fetching') return left.share === right.share;
  if (left.state === 'failed' && right.state === 'failed') return left.failure === right.failure;
  return true;
};

export interface MarkBoard {
  /** Someone shows this track: its mark is asked for, and told when it changes. Gives its own unsubscribe. */
  watch(trackId: string, onChange: () => void): () => void;
  markOf(trackId: string): KnownMark;
  /** Marks may have changed: asks for all that are being shown. What is known stays until the answer. */
  askAgain(): void;
}

export interface MarkBoardParts {
  /** At most `MOST_MARKS_AT_ONCE` ids; gives the marks of those that are here. */
  readonly ask: (trackIds: readonly string[]) => Promise<Marks>;
  readonly onFailure: (failure: unknown) => void;
}

/**
 * Marks of the tracks that are on screen, and of no others. Ids are gathered until the rows of a frame have all come, one
 * question is under way at a time, and a track nobody shows any more is forgotten: a list of any length costs what its
 * window costs.
 */
export function createMarkBoard({ ask, onFailure }: MarkBoardParts): MarkBoard {
  const watchers = new Map<string, Set<() => void>>();
  const known = new Map<string, TrackMark | null>();
  const wanted = new Set<string>();
  let isAsking = false;

  const take = (trackIds: readonly string[], marks: Marks): void => {
    for (const trackId of trackIds) {
      const listeners = watchers.get(trackId);
      if (listeners === undefined) continue;
      const mark = marks[trackId] ?? null;
      if (known.has(trackId) && isSameMark(known.get(trackId), mark)) continue;
      known.set(trackId, mark);
      for (const listener of listeners) listener();
    }
  };

  const askForWanted = async (): Promise<void> => {
    try {
      while (wanted.size > 0) {
        const trackIds = [...wanted].slice(0, MOST_MARKS_AT_ONCE);
        for (const trackId of trackIds) wanted.delete(trackId);
        // One after the other: an older answer never comes after a newer one.
        take(trackIds, await ask(trackIds));
      }
    } catch (failure) {
      // Asked again with the next change; until then what is known stands.
      wanted.clear();
      onFailure(failure);
    } finally {
      isAsking = false;
    }
  };
  const askSoon = (): void => {
    if (isAsking || wanted.size === 0) return;
    isAsking = true;
    queueMicrotask(() => void askForWanted());
  };

  return {
    watch(trackId, onChange) {
      const listeners = watchers.get(trackId);
      if (listeners === undefined) {
        watchers.set(trackId, new Set([onChange]));
        wanted.add(trackId);
        askSoon();
      } else {
        listeners.add(onChange);
      }
      return () => {
        const left = watchers.get(trackId);
        left?.delete(onChange);
        if (left === undefined || left.size > 0) return;
        watchers.delete(trackId);
        known.delete(trackId);
        wanted.delete(trackId);
      };
    },
    markOf: (trackId) => known.get(trackId),
    askAgain() {
      for (const trackId of watchers.keys()) wanted.add(trackId);
      askSoon();
    },
  };
}
