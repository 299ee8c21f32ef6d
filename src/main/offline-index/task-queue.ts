/**
 * Work that is done after whoever asked for it has gone on, one short step at a time, in order. What comes within a moment is
 * gathered: a commit writes whole pages, however little changes in them.
 */
export interface TaskQueue<Task> {
  add(tasks: readonly Task[]): void;
  /** Drops everything that has not been taken. */
  forget(): void;
  /** Begins now, and resolves when there is nothing to do. */
  settled(): Promise<void>;
  /** Goes on without a pause until there is nothing to do, or for so long; then forgets the rest. */
  finish(milliseconds: number): void;
}

export const createTaskQueue = <Task>(work: {
  /** Takes tasks and carries them out, for as long as a step may last. */
  readonly step: (take: () => Task | null) => void;
  /** How long tasks are gathered before the first step. */
  readonly gatherMs: number;
  /** When there are no tasks: a step of what can wait. Gives whether there is more of that. */
  readonly rest: () => boolean;
}): TaskQueue<Task> => {
  let tasks: Task[] = [];
  let taken = 0;
  let isScheduled = false;
  let gathering: ReturnType<typeof setTimeout> | null = null;
  let isFinished = false;
  let waiting: (() => void)[] = [];

  const take = (): Task | null => {
    const task = tasks[taken];
    if (task === undefined) return null;
    taken += 1;
    if (taken === tasks.length) {
      tasks = [];
      taken = 0;
    }
    return task;
  };
  const isEmpty = (): boolean => tasks.length === 0;

  /** Gives whether there is more to do. */
  const doSome = (): boolean => {
    if (!isEmpty()) {
      work.step(take);
      return true;
    }
    return work.rest() || !isEmpty();
  };

  const stopGathering = (): void => {
    if (gathering !== null) clearTimeout(gathering);
    gathering = null;
  };

  const schedule = (): void => {
    if (isScheduled || isFinished) return;
    stopGathering();
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      if (isFinished) return;
      if (doSome()) {
        schedule();
        return;
      }
      const resolvers = waiting;
      waiting = [];
      for (const resolve of resolvers) resolve();
    });
  };

  const gather = (): void => {
    if (isScheduled || isFinished || gathering !== null) return;
    gathering = setTimeout(schedule, work.gatherMs);
  };

  return {
    add: (more) => {
      for (const task of more) tasks.push(task);
      gather();
    },
    forget: () => {
      tasks = [];
      taken = 0;
    },
    settled: () =>
      new Promise((resolve) => {
        if (isFinished) {
          resolve();
          return;
        }
        waiting.push(resolve);
        schedule();
      }),
    finish: (milliseconds) => {
      isFinished = true;
      stopGathering();
      const startedMs = performance.now();
      while (!isEmpty() && performance.now() - startedMs < milliseconds) work.step(take);
      tasks = [];
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
};
