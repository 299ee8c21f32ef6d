/** Makes the feed say what was decided. */
import type { UpdateChannel } from '../../src/core/update/manifest.ts';
import { manifestName } from '../../src/core/update/manifest.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import type { Versioned } from '../../src/catalog/segments/versioned-document.ts';
import type { ChannelLog, ChannelState } from './channel-log.ts';
import { feedKey, updateFileName } from './release-keys.ts';

/** Asked again each time. */
const MANIFEST_CACHING = 'no-cache, max-age=0';
const MOST_ROUNDS = 10;

interface FeedFile {
  readonly name: string;
  readonly text: string;
  readonly contentType: string;
}

/** What a channel has in the feed, in the order in which it is written: the signed manifest last. */
const feedFilesOf = (channel: UpdateChannel, { updateFiles, signed }: ChannelState): readonly FeedFile[] => [
  ...updateFiles.map(({ suffix, text }) => ({
    name: updateFileName(channel, suffix),
    text,
    contentType: 'text/yaml; charset=utf-8',
  })),
  { name: manifestName(channel), text: JSON.stringify(signed), contentType: 'application/json' },
];

const isThere = async (store: ObjectStore, { name, text }: FeedFile): Promise<boolean> => {
  const bytes = await store.getBytes(feedKey(name));
  return bytes !== null && Buffer.from(bytes).equals(Buffer.from(text));
};

/** Whether the feed says what stands. */
export const isSettled = async (
  store: ObjectStore,
  channel: UpdateChannel,
  state: ChannelState,
): Promise<boolean> => {
  for (const file of feedFilesOf(channel, state)) if (!(await isThere(store, file))) return false;
  return true;
};

/**
 * Writes what differs. Afterwards it looks whether somebody else changed the channel meanwhile, and then writes that: whoever writes
 * last has written the newest. Gives the names of what it wrote; a run that was killed is finished by the next, of whatever command.
 */
export const settle = async (
  store: ObjectStore,
  channel: UpdateChannel,
  log: ChannelLog,
): Promise<readonly string[]> => {
  const written = new Set<string>();
  let next: Versioned<ChannelState> | null = await log.latest();
  for (let round = 0; next !== null && round < MOST_ROUNDS; round += 1) {
    for (const file of feedFilesOf(channel, next.value)) {
      if (await isThere(store, file)) continue;
      await store.put(feedKey(file.name), Buffer.from(file.text), {
        contentType: file.contentType,
        cacheControl: MANIFEST_CACHING,
      });
      written.add(file.name);
    }
    next = await log.latest(next.revision);
  }
  return [...written];
};
