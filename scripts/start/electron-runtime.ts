/** Whether Electron can be opened here: its runtime is fetched on first use, which not every machine can do. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ElectronRuntime =
  | { readonly kind: 'available'; readonly executable: string }
  | { readonly kind: 'missing'; readonly reason: string };

const DOWNLOAD_LIMIT_MS = 300_000;

const installedExecutable = (folder: string): string | null => {
  const pathFile = join(folder, 'path.txt');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!existsSync(pathFile)) return null;
  const executable = join(override ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : null;
};

/** Looks for the runtime, and fetches it when `mayDownload`; never throws. */
export function findElectronRuntime(root: string, mayDownload: boolean): ElectronRuntime {
  const linuxWithoutDisplay =
    process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (linuxWithoutDisplay) return { kind: 'missing', reason: 'this machine has no display' };
  const folder = join(root, 'node_modules', 'electron');
  const present = installedExecutable(folder);
  if (present !== null) return { kind: 'available', executable: present };
  if (!mayDownload) return { kind: 'missing', reason: 'its runtime is not installed' };
  process.stderr.write('Fetching the Electron runtime (once) …\n');
  spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS });
  const fetched = installedExecutable(folder);
  return fetched === null
    ? { kind: 'missing', reason: 'its runtime could not be fetched' }
    : { kind: 'available', executable: fetched };
}
