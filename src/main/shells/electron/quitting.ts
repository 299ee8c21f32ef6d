import { app } from 'electron';
import type { Log } from '../../ports.ts';

/** Whatever makes the app quit, everything is closed first, one after the other, and then it does. */
export const closeBeforeQuitting = (closes: readonly (() => Promise<void>)[], log: Log): void => {
  let isClosed = false;
  const closeAll = async (): Promise<void> => {
    for (const close of closes) {
      await close().catch((error: unknown) => log.error('did not close cleanly', { error }));
    }
    isClosed = true;
    app.quit();
  };
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void closeAll();
  });
};
