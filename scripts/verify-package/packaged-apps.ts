/** The apps that electron-builder left unpacked beside its installers. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface PackagedProgram {
  /** `linux-unpacked`, `mac-arm64` … */
  readonly name: string;
  /** What is signed and has fuses: the program, or a Mac's bundle. */
  readonly bundle: string;
  /** What is started. */
  readonly executable: string;
  readonly resources: string;
  /** For this very machine. */
  readonly runsHere: boolean;
}

const UNPACKED = /^(linux|win|mac)(-arm64)?(-unpacked)?$/;

const platformOf = (system: string): NodeJS.Platform =>
  system === 'mac' ? 'darwin' : system === 'win' ? 'win32' : 'linux';

const programIn = (folder: string, system: string): Omit<PackagedProgram, 'name' | 'runsHere'> | null => {
  if (system === 'mac') {
    const bundle = join(folder, 'Riffle.app');
    const executable = join(bundle, 'Contents', 'MacOS', 'Riffle');
    return existsSync(bundle)
      ? { bundle, executable, resources: join(bundle, 'Contents', 'Resources') }
      : null;
  }
  const executable = join(folder, system === 'win' ? 'Riffle.exe' : 'riffle');
  return { bundle: executable, executable, resources: join(folder, 'resources') };
};

/** In `release/`, by the folders' names; for all systems and processors that were packaged there. */
export const packagedPrograms = (release: string): readonly PackagedProgram[] =>
  readdirSync(release, { withFileTypes: true }).flatMap((entry) => {
    const [, system, isArm] = UNPACKED.exec(entry.name) ?? [];
    if (!entry.isDirectory() || system === undefined) return [];
    const program = programIn(join(release, entry.name), system);
    if (program === null) return [];
    const runsHere =
      platformOf(system) === process.platform && process.arch === (isArm === undefined ? 'x64' : 'arm64');
    return [{ name: entry.name, ...program, runsHere }];
  });
