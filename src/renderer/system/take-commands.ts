import type { AppCommand, WaitingCommand } from '../../contract/app-commands.ts';

/**
 * Does what the system asks, in order, each once: a command is this window's when the host gives it to this window. One that fails
 * does not keep the next from being done. Gives its own stop.
 */
export const takeCommands = (ports: {
  readonly waiting: () => Promise<readonly WaitingCommand[]>;
  readonly subscribe: (listener: (waiting: readonly WaitingCommand[]) => void) => () => void;
  readonly took: (request: { readonly ids: readonly number[] }) => Promise<readonly number[]>;
  readonly carryOut: (command: AppCommand) => Promise<void>;
  readonly onFailure: (failure: unknown) => void;
}): (() => void) => {
  const { waiting, subscribe, took, carryOut, onFailure } = ports;
  let work: Promise<void> = Promise.resolve();
  let lastId = 0;

  const take = async (commands: readonly WaitingCommand[]): Promise<void> => {
    const fresh = commands.filter(({ id }) => id > lastId);
    if (fresh.length === 0) return;
    lastId = Math.max(...fresh.map(({ id }) => id));
    const ours = await took({ ids: fresh.map(({ id }) => id) });
    for (const { id, command } of fresh) {
      if (ours.includes(id)) await carryOut(command).catch(onFailure);
    }
  };
  const hear = (commands: readonly WaitingCommand[]): void => {
    work = work.then(() => take(commands)).catch(onFailure);
  };

  const stop = subscribe(hear);
  waiting().then(hear, onFailure);
  return stop;
};
