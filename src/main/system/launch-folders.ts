import { join, resolve } from 'node:path';
import type { PlatformFolders } from '../platform-folders.ts';
import type { LaunchArguments } from './launch-arguments.ts';
import { profileFolders } from './profiles.ts';

export interface LaunchFolders extends PlatformFolders {
  /** Where all profiles are: the data of the one without a name. */
  readonly root: string;
}

/** Where this start keeps its things: as the command line says, else as the system does; of its profile. */
export const launchFolders = (
  launch: Pick<LaunchArguments, 'dataFolder' | 'cacheFolder' | 'profile'>,
  platform: PlatformFolders,
): LaunchFolders => {
  const given = launch.dataFolder === null ? null : resolve(launch.dataFolder);
  const base: PlatformFolders = {
    data: given ?? platform.data,
    session: given === null ? platform.session : join(given, 'Session'),
    cache:
      launch.cacheFolder === null
        ? given === null
          ? platform.cache
          : join(given, 'cache')
        : resolve(launch.cacheFolder),
  };
  return { ...profileFolders(base, launch.profile), root: base.data };
};
