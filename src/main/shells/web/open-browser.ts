import { spawn } from 'node:child_process';

type Openers = Readonly<Record<string, readonly [command: string, ...options: string[]]>>;

const ADDRESS_OPENERS: Openers = {
  darwin: ['open'],
  // Not `cmd /c start`: it would read `&` and `%` in an address as its own.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const FOLDER_OPENERS: Openers = { darwin: ['open'], win32: ['explorer'] };

const hand = (target: string, openers: Openers): Promise<void> =>
  new Promise((resolve, reject) => {
    const [command, ...options] = openers[process.platform] ?? ['xdg-open'];
    const opener = spawn(command, [...options, target], { detached: true, stdio: 'ignore' });
    opener.once('error', reject);
    opener.once('spawn', () => {
      opener.unref();
      resolve();
    });
  });

/** Hands an address to the system's browser or mail program. Rejects when there is nothing to hand it to. */
export const openInBrowser = (url: string): Promise<void> => hand(url, ADDRESS_OPENERS);

/** Shows a folder, by its absolute path, in the system's file manager. Rejects when there is none. */
export const openInFileManager = (folder: string): Promise<void> => hand(folder, FOLDER_OPENERS);
