/** What is published where: the demo or one's own folder, into the embedded store or the one that was named. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { StartOptions } from './options.ts';

export interface Publication {
  readonly store: string;
  /** Null when the store is only served. */
  readonly libraryFolder: string | null;
  readonly libraryName: string;
  /** The demo has listeners to sign in as, a free one and a premium one, and ads for the free one. */
  readonly isDemo: boolean;
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'library';

/**
 * The app's own folder: another one for each service that this command opens, which all stand at the same address one after
 * the other. Otherwise somebody who looked at the demo would be signed in there when they open their own music.
 */
export function appFolderOf(options: StartOptions, root: string): string {
  const name =
    options.server === null
      ? publicationOf(options, root).libraryName
      : `server-${shortHash(options.server)}`;
  return join(options.data, name === 'demo' ? 'app' : `app-${name}`);
}

export function publicationOf(options: StartOptions, root: string): Publication {
  const own = options.library;
  // Two folders of the same name on one machine are two libraries.
  const libraryName = own === null ? 'demo' : `${slug(basename(own))}-${shortHash(own)}`;
  if (options.store !== null) {
    return {
      store: options.store,
      libraryFolder: own,
      libraryName:
        own === null ? `store-${shortHash(`${options.endpoint ?? ''} ${options.store}`)}` : libraryName,
      isDemo: false,
    };
  }
  return {
    store: join(options.data, 'stores', libraryName),
    libraryFolder: own ?? join(root, 'assets/demo-library'),
    libraryName,
    isDemo: own === null,
  };
}
