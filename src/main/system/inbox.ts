import type { AppCommand } from '../../contract/app-commands.ts';
import type { LaunchArguments } from './launch-arguments.ts';
import { readOpenedFile } from './opened-file.ts';

type Arrival = Pick<LaunchArguments, 'links' | 'files'>;

export interface Inbox {
  /** Something was opened: at the start, by a second start, by the system. */
  add(arrival: Arrival): void;
  /** From now on everything goes there, what came before first. */
  connect(ask: (command: AppCommand) => void): void;
}

/** Keeps what was opened until there is somebody to ask. Files are read in the order they came. */
export const createInbox = (): Inbox => {
  const waiting: Arrival[] = [];
  let ask: ((command: AppCommand) => void) | null = null;
  let reading: Promise<void> = Promise.resolve();

  const hand = ({ links, files }: Arrival, to: (command: AppCommand) => void): void => {
    for (const link of links) to({ kind: 'open', link });
    for (const file of files) reading = reading.then(async () => to(await readOpenedFile(file)));
  };

  return {
    add(arrival) {
      if (ask === null) waiting.push(arrival);
      else hand(arrival, ask);
    },
    connect(to) {
      ask = to;
      for (const arrival of waiting.splice(0)) hand(arrival, to);
    },
  };
};
