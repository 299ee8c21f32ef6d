import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { swapMacBundle } from './swap-mac-bundle.ts';

/** A folder in place of a zip; what unpacks it here copies it. */
const prepare = async (apps: readonly string[]) => {
  const folder = await temporaryFolder();
  const bundle = join(folder, 'Applications', 'Riffle.app');
  const zip = join(folder, 'kept');
  await mkdir(bundle, { recursive: true });
  await writeFile(join(bundle, 'version'), 'new');
  await mkdir(zip);
  for (const app of apps) {
    await mkdir(join(zip, app));
    await writeFile(join(zip, app, 'version'), 'old');
  }
  return { bundle, zip, installed: () => readFile(join(bundle, 'version'), 'utf8') };
};
const run =
  (isSigned = true) =>
  async (command: string, args: readonly string[]): Promise<void> => {
    if (command === '/usr/bin/ditto') await cp(args[2] ?? '', args[3] ?? '', { recursive: true });
    else if (!isSigned) throw new Error('code object is not signed at all');
  };

describe('the way back on a Mac', () => {
  it('puts the kept app in the place of the one that runs', async () => {
    const { bundle, zip, installed } = await prepare(['Riffle.app']);
    await swapMacBundle({ zip, bundle, run: run() });
    expect(await installed()).toBe('old');
    expect(await readdir(join(bundle, '..'))).toEqual(['Riffle.app']);
  });

  it.each([
    ['whose signature is not whole', ['Riffle.app'], false, 'not signed at all'],
    ['that holds no app', [], true, 'does not hold one app'],
    ['that holds two', ['Riffle.app', 'Other.app'], true, 'does not hold one app'],
  ] as const)('leaves everything as it is for a zip %s', async (_what, apps, isSigned, message) => {
    const { bundle, zip, installed } = await prepare(apps);
    await expect(swapMacBundle({ zip, bundle, run: run(isSigned) })).rejects.toThrow(message);
    expect(await installed()).toBe('new');
    expect(await readdir(join(bundle, '..'))).toEqual(['Riffle.app']);
  });
});
