import { spawn } from 'node:child_process';

const OPENERS: Readonly<Record<string, readonly [command: string, ...options: string[]]>> = {
  darwin: ['open'],
  // Not `cmd /c start`: it would read `&` and `%` in an address as its own.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Hands an address to the system's browser or mail program. Rejects when there is nothing to hand it to. */
export const openInBrowser = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const [command, ...options] = OPENERS[process.platform] ?? ['xdg-open'];
    const opener = spawn(command, [...options, url], { detached: true, stdio: 'ignore' });
    opener.once('error', reject);
    opener.once('spawn', () => {
      opener.unref();
      resolve();
    });
  });
