import { posix, win32 } from 'node:path';

export interface PlatformFolders {
  /** Settings, queue, history. */
  readonly data: string;
  /** Audio and artwork; may be deleted at any time. */
  readonly cache: string;
  /** What a browser engine keeps for itself: belongs to this computer, and does not travel with a roaming profile. */
  readonly session: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NAME = 'Riffle';

/** XDG: a relative path in one of the variables must be ignored (XDG Base Directory Specification 0.8). */
const absoluteOr = (value: string | undefined, fallback: string): string =>
  value !== undefined && posix.isAbsolute(value) ? value : fallback;

/** Where an app keeps its things on each system, for this person. Pure: asks nothing of the machine it runs on. */
export const platformFolders = (
  platform: NodeJS.Platform,
  environment: Environment,
  home: string,
): PlatformFolders => {
  if (platform === 'win32') {
    const roaming = environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming');
    const local = environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local');
    return {
      data: win32.join(roaming, NAME),
      cache: win32.join(local, NAME, 'Cache'),
      session: win32.join(local, NAME, 'Session'),
    };
  }
  if (platform === 'darwin') {
    const library = posix.join(home, 'Library');
    return {
      data: posix.join(library, 'Application Support', NAME),
      cache: posix.join(library, 'Caches', NAME),
      session: posix.join(library, 'Application Support', NAME, 'Session'),
    };
  }
  const data = posix.join(absoluteOr(environment['XDG_CONFIG_HOME'], posix.join(home, '.config')), 'riffle');
  return {
    data,
    session: posix.join(data, 'Session'),
    cache: posix.join(absoluteOr(environment['XDG_CACHE_HOME'], posix.join(home, '.cache')), 'riffle'),
  };
};
