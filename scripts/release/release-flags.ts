/** What the commands have in common: the store, the keys, the edge. */
import { readFile, stat } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { UPDATE_CHANNELS, type UpdateChannel } from '../../src/core/update/manifest.ts';
import { parsePinnedKeys, type PinnedKey } from '../../src/main/update/pinned-keys.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import type { StoreLocation } from '../../src/catalog/store/open-store.ts';
import type { EdgeCache } from './edge-cache.ts';
import { createFeed, type Feed } from './feed.ts';
import { ReleaseError } from './release-error.ts';
import { FEED_PREFIX } from './release-keys.ts';
import { readSigningKey, type SigningKey } from './signing-key.ts';

export const EXIT_BAD_INPUT = 2;

/** What the commands are made of; tests put their own in. */
export interface ReleaseTools {
  readonly openStore: (location: StoreLocation) => ObjectStore;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
}

export interface StoreFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
}

export interface ChangeFlags extends StoreFlags {
  readonly key?: readonly string[];
  readonly validDays: number;
  readonly distribution?: string;
  readonly edgePath: string;
}

export const wholeNumber = (value: string): number => {
  if (/^\d{1,4}$/.test(value) && Number(value) > 0) return Number(value);
  throw new InvalidArgumentError('It is a whole number above 0.');
};

export const releaseCommand = (name: string, description: string): Command =>
  new Command(name).description(description).exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
  });

export const withStore = (command: Command): Command =>
  command
    .requiredOption('--store <location>', 'of the releases: a folder, or s3://bucket/prefix')
    .option('--endpoint <url>', 'of an S3 server that is not AWS')
    .option('--region <region>', 'of the bucket');

export const withChannel = (command: Command): Command =>
  command.addOption(
    new Option('--channel <channel>', 'whose roll-out').choices(UPDATE_CHANNELS).default('stable'),
  );

export const withSigning = (command: Command): Command =>
  withStore(command)
    .option('--key <file...>', 'that sign, as keygen wrote them; without it RIFFLE_RELEASE_KEY')
    .option('--valid-days <days>', 'for which apps believe what is signed now', wholeNumber, 60)
    .option('--distribution <id>', "of CloudFront, which is told; the rights come from AWS's own variables")
    .option('--edge-path <path>', 'of the feed at the edge', `/${FEED_PREFIX}`);

export const storeOf = (tools: ReleaseTools, { store, endpoint, region }: StoreFlags): ObjectStore =>
  tools.openStore({
    location: store,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  });

const pinnedKeys = ({ environment }: ReleaseTools): readonly PinnedKey[] => {
  const text = environment['RIFFLE_UPDATE_KEYS'] ?? '';
  const hint =
    'It is what builds are made with: one or two lines of "npm run release -- keygen", with a comma between.';
  if (text === '') throw new ReleaseError('RIFFLE_UPDATE_KEYS is not set.', hint);
  try {
    return parsePinnedKeys(text);
  } catch (error) {
    throw new ReleaseError('RIFFLE_UPDATE_KEYS holds no keys.', hint, { cause: error });
  }
};

const readKeyFile = async (path: string): Promise<SigningKey> => {
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new ReleaseError(`${path} can be read by others.`, `Keep it to yourself: chmod 600 ${path}`);
    return readSigningKey(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw new ReleaseError(`${path} cannot be read.`, 'Name the file that keygen wrote.', { cause: error });
  }
};

const signingKeys = async (
  { environment }: ReleaseTools,
  files: readonly string[],
): Promise<readonly SigningKey[]> => {
  if (files.length > 0) return Promise.all(files.map(readKeyFile));
  const text = environment['RIFFLE_RELEASE_KEY'] ?? '';
  // Where a variable cannot hold lines, they come with "\n" in their place.
  return text === '' ? [] : [readSigningKey(text.replaceAll(String.raw`\n`, '\n'), 'RIFFLE_RELEASE_KEY')];
};

const EDGE_PATH = /^\/(?:[\w.-]+\/)*$/;

const edgeOf = async ({ distribution, edgePath }: ChangeFlags): Promise<EdgeCache | null> => {
  if (distribution === undefined) return null;
  if (!EDGE_PATH.test(edgePath))
    throw new ReleaseError(
      `${edgePath} is no path at the edge.`,
      'It begins and ends with "/": /releases/feed/.',
    );
  const { createCloudFront } = await import('./edge-cache.ts');
  return createCloudFront({ distributionId: distribution, path: edgePath });
};

/** For looking: nothing can be changed by it. */
export const feedToRead = (tools: ReleaseTools, flags: StoreFlags): Feed =>
  createFeed({ store: storeOf(tools, flags), keys: [], pinned: pinnedKeys(tools), validDays: 1, edge: null });

/** Checks that the store may be written before anything is done. */
export const feedToChange = async (tools: ReleaseTools, flags: ChangeFlags): Promise<Feed> => {
  const store = storeOf(tools, flags);
  const feed = createFeed({
    store,
    keys: await signingKeys(tools, flags.key ?? []),
    pinned: pinnedKeys(tools),
    validDays: flags.validDays,
    edge: await edgeOf(flags),
  });
  await store.check('write');
  return feed;
};

export const channelOf = (channel: string): UpdateChannel => {
  const found = UPDATE_CHANNELS.find((each) => each === channel);
  if (found === undefined) throw new ReleaseError(`${channel} is no channel.`, 'There are stable and beta.');
  return found;
};
