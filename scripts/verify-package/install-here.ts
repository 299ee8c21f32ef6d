/** Installs what was packaged on this system as a person would, but silently, and says which version lies there. */
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFile } from '@electron/asar';
import { z } from 'zod';

export interface Installed {
  readonly executable: string;
  /** Null while nothing that can be read lies there: in the middle of being replaced. */
  version(): string | null;
}

const run = (command: string, args: readonly string[], cwd?: string): void => {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${error?.message ?? stderr}`);
};

const packedVersion = (archive: string): string | null => {
  try {
    const facts: unknown = JSON.parse(extractFile(archive, 'package.json').toString('utf8'));
    return z.object({ version: z.string() }).parse(facts).version;
  } catch {
    return null;
  }
};

const madeFile = async (release: string, ending: string): Promise<string> => {
  const name = (await readdir(release)).find((each) => each.startsWith('Riffle-') && each.endsWith(ending));
  if (name === undefined) throw new Error(`There is no ${ending} in ${release}.`);
  return join(release, name);
};

/** What electron-builder is asked for, for the system and the processor of this machine. */
export const targetHere = (): readonly string[] => {
  const target = ((): readonly string[] => {
    switch (process.platform) {
      case 'win32':
        return ['--win', 'nsis'];
      case 'darwin':
        return ['--mac', 'zip'];
      default:
        return ['--linux', 'AppImage'];
    }
  })();
  return [...target, `--${process.arch}`];
};

/** `folder` is where it goes, where the system leaves a choice. */
export const installHere = async (release: string, folder: string): Promise<Installed> => {
  await mkdir(folder, { recursive: true });
  if (process.platform === 'win32') {
    run(await madeFile(release, '.exe'), ['/S']);
    const home = join(process.env['LOCALAPPDATA'] ?? '', 'Programs', 'riffle');
    const archive = join(home, 'resources', 'app.asar');
    return { executable: join(home, 'Riffle.exe'), version: () => packedVersion(archive) };
  }
  if (process.platform === 'darwin') {
    run('ditto', ['-x', '-k', await madeFile(release, '.zip'), folder]);
    const contents = join(folder, 'Riffle.app', 'Contents');
    const archive = join(contents, 'Resources', 'app.asar');
    return { executable: join(contents, 'MacOS', 'Riffle'), version: () => packedVersion(archive) };
  }
  const executable = join(folder, 'Riffle.AppImage');
  await copyFile(await madeFile(release, '.AppImage'), executable);
  await chmod(executable, 0o755);
  return {
    executable,
    version() {
      const { status } = spawnSync(executable, ['--appimage-extract', 'resources/app.asar'], { cwd: folder });
      return status === 0 ? packedVersion(join(folder, 'squashfs-root', 'resources', 'app.asar')) : null;
    },
  };
};
