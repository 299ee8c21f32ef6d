import { isAbsolute, join } from 'node:path';
import { HostFailure } from '../../contract/host-error.ts';
import type { CacheLocation } from './cache-location.ts';
import { moveFolder, type FolderMove } from './move-folder.ts';

/** Ours alone, so that what lies beside it in a folder that someone chose is never touched. */
const OWN_FOLDER_NAME = 'Riffle';

/**
 * Copies the cache to `<chosen>/Riffle` and makes that the cache; gives its path. Nobody may write to the old one meanwhile.
 * The caller goes on in the new one, and then calls `location.finish()`, which removes the old. Rejects as `moveFolder` does;
 * then everything is as it was.
 */
export const moveCache = async (
  options: { readonly location: CacheLocation; readonly chosen: string } & Omit<
    FolderMove,
    'from' | 'to' | 'onBegin'
  >,
): Promise<string> => {
  const { location, chosen, ...move } = options;
  if (!isAbsolute(chosen)) throw new HostFailure('invalid_argument', 'the folder must be an absolute path');
  const to = join(chosen, OWN_FOLDER_NAME);
  // A copy from an earlier try may lie there, and its room may be needed.
  await location.finish();
  let isBegun = false;
  const onBegin = async (): Promise<void> => {
    await location.begin(to);
    isBegun = true;
  };
  try {
    await moveFolder({ ...move, from: location.folder(), to, onBegin });
    await location.switchTo(to);
  } catch (error) {
    // Another move's copy is not this one's to remove.
    if (isBegun) {
      await location.giveUp().catch((failure: unknown) => {
        move.log.warn('a half copy is left over until the next start', { folder: to, error: failure });
      });
    }
    throw error;
  }
  return to;
};
