import type { TrackMark } from '../../contract/offline.ts';

/** How a thing stands. Null: it has no mark; undefined: not known yet, which is no reason to show anything. */
export type Known<Mark> = Mark | null | undefined;
/** How a track stands on this computer. */
export type KnownMark = Known<TrackMark>;

export type Marks = Readonly<Record<string, TrackMark>>;

/** As many as the host answers at once. */
export const MOST_MARKS_AT_ONCE = 500;

export const isSameMark = (left: KnownMark, right: KnownMark): boolean => {
  if (left === right) return true;
  if (!left || !right || left.state !== right.state) return false;
  if (left.state === 'fetching' && right.state === 'fetching') return left.share === right.share;
  if (left.state === 'failed' && right.state === 'failed') return left.failure === right.failure;
  return true;
};

export interface MarkBoard<Mark> {
  /** Someone shows this: its mark is asked for, and told when it changes. Gives its own unsubscribe. */
  watch(id: string, onChange: () => void): () => void;
  markOf(id: string): Known<Mark>;
  /** Marks may have changed: asks for all that are being shown. What is known stays until the answer. */
  askAgain(): void;
  /** What was just done shows at once; an answer to a question from before it is not believed about these. */
  set(ids: readonly string[], mark: Mark | null): void;
}

export interface MarkBoardParts<Mark> {
  /** At most `MOST_MARKS_AT_ONCE` ids; gives the marks of those that have one. */
  readonly ask: (ids: readonly string[]) => Promise<Readonly<Record<string, Mark>>>;
  readonly isSame: (left: Known<Mark>, right: Known<Mark>) => boolean;
  readonly onFailure: (failure: unknown) => void;
}

/**
 * Marks of what is on screen, and of nothing else. Ids are gathered until the rows of a frame have all come, one question is
 * under way at a time, and what nobody shows any more is forgotten: a list of any length costs what its window costs.
 */
export function createMarkBoard<Mark>({ ask, isSame, onFailure }: MarkBoardParts<Mark>): MarkBoard<Mark> {
  const watchers = new Map<string, Set<() => void>>();
  const known = new Map<string, Mark | null>();
  const wanted = new Set<string>();
  const setMeanwhile = new Set<string>();
  let isAsking = false;

  const learn = (id: string, mark: Mark | null): void => {
    const listeners = watchers.get(id);
    if (listeners === undefined || (known.has(id) && isSame(known.get(id), mark))) return;
    known.set(id, mark);
    for (const listener of listeners) listener();
  };

  const askForWanted = async (): Promise<void> => {
    try {
      while (wanted.size > 0) {
        const ids = [...wanted].slice(0, MOST_MARKS_AT_ONCE);
        for (const id of ids) wanted.delete(id);
        setMeanwhile.clear();
        // One after the other: an older answer never comes after a newer one.
        const marks = await ask(ids);
        for (const id of ids) if (!setMeanwhile.has(id)) learn(id, marks[id] ?? null);
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
    // Asking takes a moment, and rows that come are to be drawn first.
    setTimeout(() => void askForWanted());
  };

  return {
    watch(id, onChange) {
      const listeners = watchers.get(id);
      if (listeners === undefined) {
        watchers.set(id, new Set([onChange]));
        wanted.add(id);
        askSoon();
      } else {
        listeners.add(onChange);
      }
      return () => {
        const left = watchers.get(id);
        left?.delete(onChange);
        if (left === undefined || left.size > 0) return;
        watchers.delete(id);
        known.delete(id);
        wanted.delete(id);
      };
    },
    markOf: (id) => known.get(id),
    askAgain() {
      for (const id of watchers.keys()) wanted.add(id);
      askSoon();
    },
    set(ids, mark) {
      for (const id of ids) {
        setMeanwhile.add(id);
        learn(id, mark);
      }
    },
  };
}
