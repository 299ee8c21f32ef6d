import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Puts the app of a kept zip in the place of the bundle that runs, which goes on running from where it is moved to. Squirrel only goes
 * forward; this is for the way back. Unpacked beside the bundle, its signature checked as a whole, then swapped by two renames. Rejects
 * with the system's error, or when the zip holds anything but one app; then the bundle is where it was.
 */
export const swapMacBundle = async (options: {
  readonly zip: string;
  /** `/Applications/Riffle.app`. */
  readonly bundle: string;
  /** Runs a program without a shell; rejects unless it ends well. */
  readonly run: (command: string, args: readonly string[]) => Promise<void>;
}): Promise<void> => {
  const { zip, bundle, run } = options;
  const beside = await mkdtemp(join(dirname(bundle), '.riffle-'));
  try {
    const unpacked = join(beside, 'new');
    await run('/usr/bin/ditto', ['-x', '-k', zip, unpacked]);
    const [name, ...others] = (await readdir(unpacked)).filter((each) => each.endsWith('.app'));
    if (name === undefined || others.length > 0) throw new Error('the kept zip does not hold one app');
    const app = join(unpacked, name);
    await run('/usr/bin/codesign', ['--verify', '--deep', '--strict', app]);
    const old = join(beside, 'old.app');
    await rename(bundle, old);
    try {
      await rename(app, bundle);
    } catch (error) {
      await rename(old, bundle);
      throw error;
    }
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};
