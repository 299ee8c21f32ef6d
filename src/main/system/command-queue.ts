import type { AppCommand, WaitingCommand } from '../../contract/app-commands.ts';

/** More than anybody can ask for before a window takes them; beyond it the oldest is let go. */
const MOST_WAITING = 50;

export interface CommandQueue {
  add(command: AppCommand): void;
  waiting(): readonly WaitingCommand[];
  /** Takes commands off; gives the ids of those that were still there. */
  take(ids: readonly number[]): readonly number[];
}

/** What was asked of the window and not yet done by it. Each is given to one taker. */
export const createCommandQueue = (onChange: (waiting: readonly WaitingCommand[]) => void): CommandQueue => {
  let waiting: readonly WaitingCommand[] = [];
  let lastId = 0;

  const change = (next: readonly WaitingCommand[]): void => {
    waiting = next;
    onChange(next);
  };

  return {
    waiting: () => waiting,
    add(command) {
      lastId += 1;
      change([...waiting, { id: lastId, command }].slice(-MOST_WAITING));
    },
    take(ids) {
      const taken = waiting.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
      if (taken.length > 0) change(waiting.filter(({ id }) => !taken.includes(id)));
      return taken;
    },
  };
};
