import { createHash } from 'node:crypto';
import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the platform keeps what can be made again. */
const cacheFolder = (environment: NodeJS.ProcessEnv): string => {
  const { LOCALAPPDATA: local, XDG_CACHE_HOME: xdg } = environment;
  switch (platform()) {
    case 'win32':
      return local ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg;
  }
};

/** The index folder of a store, when none is named: one for each store, in the platform's cache. */
export const defaultIndexFolder = (
  store: { readonly location: string; readonly endpoint?: string },
  environment: NodeJS.ProcessEnv,
): string => {
  const place = store.location.startsWith('s3://') ? store.location : resolve(store.location);
  const name = createHash('sha256')
    .update(`${store.endpoint ?? ''} ${place}`)
    .digest('hex')
    .slice(0, 16);
  return join(cacheFolder(environment), 'riffle-catalog', name);
};
