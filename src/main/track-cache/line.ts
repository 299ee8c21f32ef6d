/** Who goes first on the line to the edge: what sounds, what sounds next, what is kept for later, and what is no music. */
export type Priority = 'playing' | 'next' | 'pinned' | 'update';

const PRIORITIES: readonly Priority[] = ['playing', 'next', 'pinned', 'update'];

const isMoreUrgent = (one: Priority, other: Priority): boolean =>
  PRIORITIES.indexOf(one) < PRIORITIES.indexOf(other);

export interface Turn {
  /** Aborts with a `Preempted` when something more urgent came; leave, and enter again. */
  readonly signal: AbortSignal;
  leave(): void;
}

/** Not a failure: the line was needed for something more urgent. */
export class Preempted extends Error {
  override readonly name = 'Preempted';
}

export interface Line {
  /** Resolves when it is this one's turn; rejects with the signal's reason. The priority may change on the way. */
  enter(priority: () => Priority, signal: AbortSignal): Promise<Turn>;
  /** Priorities have changed. */
  reconsider(): void;
  /** Whether no music runs or waits. */
  isIdle(): boolean;
}

/** What sounds never waits; a next track comes alone, kept ones two at a time: few connections, all of them busy. */
const AT_ONCE: Readonly<Record<Priority, number>> = {
  playing: Number.POSITIVE_INFINITY,
  next: 1,
  pinned: 2,
  update: 1,
};

interface Runner {
  readonly priority: () => Priority;
  readonly controller: AbortController;
}
interface Waiter {
  readonly priority: () => Priority;
  readonly start: () => void;
}

/**
 * One line, four priorities. While something more urgent runs, nothing less urgent does: what runs then is stopped at once
 * and goes on later from where it was, so that keeping music never takes a byte from what plays.
 */
export const createLine = (): Line => {
  const running = new Set<Runner>();
  const waiting = new Set<Waiter>();

  const preempt = (): void => {
    for (const runner of running) {
      const isNeeded = Array.from(running).some((other) => isMoreUrgent(other.priority(), runner.priority()));
      if (isNeeded) runner.controller.abort(new Preempted('the line is needed'));
    }
  };

  const mayRun = (priority: Priority): boolean => {
    const others = Array.from(running, (runner) => runner.priority());
    return (
      !others.some((other) => isMoreUrgent(other, priority)) &&
      others.filter((other) => other === priority).length < AT_ONCE[priority]
    );
  };

  const reconsider = (): void => {
    for (const priority of PRIORITIES) {
      for (const waiter of waiting) {
        if (waiter.priority() !== priority || !mayRun(priority)) continue;
        waiting.delete(waiter);
        waiter.start();
      }
    }
    preempt();
  };

  const run = (priority: () => Priority): Turn => {
    const runner: Runner = { priority, controller: new AbortController() };
    running.add(runner);
    return {
      signal: runner.controller.signal,
      leave() {
        if (running.delete(runner)) reconsider();
      },
    };
  };

  return {
    isIdle: () => [...running, ...waiting].every(({ priority }) => priority() === 'update'),
    reconsider,
    enter(priority, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const leave = (): void => {
          waiting.delete(waiter);
          reject(signal.reason);
        };
        const waiter: Waiter = {
          priority,
          start() {
            signal.removeEventListener('abort', leave);
            resolve(run(priority));
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.add(waiter);
        reconsider();
      });
    },
  };
};
