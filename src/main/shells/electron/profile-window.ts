import { spawn } from 'node:child_process';
import { app } from 'electron';
import type { Log } from '../../ports.ts';

/** Starts the app with another profile, beside this one; where it runs already, its window comes to the front. */
export const openProfile = (profile: string | null, log: Log): void => {
  const own = app.isPackaged ? [] : process.argv.slice(1, 2);
  const started = spawn(process.execPath, [...own, ...(profile === null ? [] : [`--profile=${profile}`])], {
    detached: true,
    stdio: 'ignore',
  });
  started.on('error', (error) => log.error('the profile could not be opened', { error }));
  started.unref();
};
