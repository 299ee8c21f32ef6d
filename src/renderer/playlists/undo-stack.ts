import { createSequence } from '../../core/work/sequence.ts';

/**
 * What can be taken back on a page, last first. Every change gives the host's token; taking it back gives another, by which it is done
 * again. A new change lets go of what was taken back before it, as editors do.
 */
export interface Change {
  /** What was done, for the words. */
  readonly text: string;
  /** Taken back together, the last first. */
  readonly tokens: readonly string[];
}

export interface UndoStack {
  /**
   * A change that shows before the host has it: what is taken back or done again from now on waits until it is known, by `did` within
   * it. It waits for nothing itself. Gives what the work gives.
   */
  during<Done>(work: () => Promise<Done>): Promise<Done>;
  did(change: Change): void;
  /** Takes back the last change, or this one; the words of what was taken back, null when there is nothing. Rejects as the host does. */
  undo(change?: Change): Promise<string | null>;
  redo(): Promise<string | null>;
}

/** What a session remembers of one page; older changes stay. */
const MOST_CHANGES = 200;

/** @param takeBack the host's: takes a change back, and gives the token that brings it again (null: nothing changed) */
export function createUndoStack(takeBack: (token: string) => Promise<string | null>): UndoStack {
  let done: readonly Change[] = [];
  let undone: readonly Change[] = [];
  /** Each waits for the one before: Mod+Z held down takes back one after the other. */
  const { inTurn } = createSequence();

  const run = async ({ text, tokens }: Change): Promise<Change> => {
    const inverse: string[] = [];
    for (const token of tokens.toReversed()) {
      const again = await takeBack(token);
      if (again !== null) inverse.push(again);
    }
    return { text, tokens: inverse };
  };

  return {
    during(work) {
      const going = work();
      void inTurn(() => Promise.allSettled([going]));
      return going;
    },
    did(change) {
      if (change.tokens.length === 0) return;
      done = [...done, change].slice(-MOST_CHANGES);
      undone = [];
    },
    undo: (wanted) =>
      inTurn(async () => {
        const change = wanted ?? done.at(-1);
        if (change === undefined || !done.includes(change)) return null;
        // Before it is asked: a token that the host does not take is of no use a second time.
        done = done.filter((other) => other !== change);
        undone = [...undone, await run(change)];
        return change.text;
      }),
    redo: () =>
      inTurn(async () => {
        const change = undone.at(-1);
        if (change === undefined) return null;
        undone = undone.slice(0, -1);
        done = [...done, await run(change)];
        return change.text;
      }),
  };
}
