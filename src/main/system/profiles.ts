import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformFolders } from '../platform-folders.ts';
import { systemErrorCode } from '../storage/storage-error.ts';

const FOLDER = 'profiles';
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
/** Names that Windows keeps for devices, in any folder. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** A profile's name as its folder has it, in small letters; null for what may be none. */
export const readProfileName = (text: string): string | null => {
  const name = text.toLowerCase();
  return NAME.test(name) && !DEVICE.test(name) ? name : null;
};

/** Settings, music, secrets and the window's own storage of one profile, apart from all others. */
export const profileFolders = (folders: PlatformFolders, profile: string | null): PlatformFolders => {
  if (profile === null) return folders;
  return {
    data: join(folders.data, FOLDER, profile),
    cache: join(folders.cache, FOLDER, profile),
    session: join(folders.session, FOLDER, profile),
  };
};

/** The profiles that there are beside the one without a name, in alphabetical order. `dataFolder`: that of the one without. */
export const listProfiles = async (dataFolder: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(join(dataFolder, FOLDER), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && readProfileName(entry.name) === entry.name)
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
};
