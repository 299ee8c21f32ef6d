import type { AppInfo } from '../../contract/host-api.ts';

export type FolderProblem = 'empty' | 'relative' | 'inside';

/** The audio goes into a folder of this name in the one that was chosen (see `storage.moveTo`). */
const OWN_FOLDER = 'Riffle';

const isWindows = (platform: AppInfo['platform']): boolean => platform === 'win32';

const isAbsolute = (path: string, platform: AppInfo['platform']): boolean =>
  isWindows(platform) ? /^([a-z]:[\\/]|\\\\)/i.test(path) : path.startsWith('/');

/** One spelling of a path: one kind of slash, none at the end, one case where the system does not tell them apart. */
const spelled = (path: string, platform: AppInfo['platform']): string => {
  const slashed = isWindows(platform) ? path.replaceAll('\\', '/') : path;
  const bare = slashed.replace(/\/+$/, '');
  return platform === 'linux' ? bare : bare.toLowerCase();
};

/** What is wrong with a folder to move to, as far as its name tells; null when the host may be asked. */
export function checkFolder(
  typed: string,
  current: string,
  platform: AppInfo['platform'],
): FolderProblem | null {
  const path = typed.trim();
  if (path === '') return 'empty';
  if (!isAbsolute(path, platform)) return 'relative';
  const chosen = spelled(path, platform);
  const now = spelled(current, platform);
  const target = `${chosen}/${spelled(OWN_FOLDER, platform)}`;
  return target === now || `${chosen}/`.startsWith(`${now}/`) ? 'inside' : null;
}
