/**
 * One day of a listener's plays: objects that are each named by what they hold, and read together. What was removed is named in objects
 * beside them, so that it stays away when it is sent again or was just being rewritten.
 */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { z } from 'zod';
import { isRemovedBy, unionOfPlays, type Removal } from '../../core/history/shared-plays.ts';
import { playSchema, type Play } from '../../contract/library-http.ts';
import { stampSchema } from '../../contract/library-operations-http.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { dayOfPlaysFolder, playsKey, readPlaysKey, removedPlaysKey } from './library-keys.ts';

export interface PlaysOfDay {
  /** Newest first. */
  readonly plays: readonly Play[];
  readonly removed: readonly string[];
  readonly tag: string;
}

export interface DaysOfPlays {
  /** Of what a day is made. */
  tagOf(keys: readonly string[]): string;
  /** `listed`: its keys, if they are known. */
  read(
    userKey: string,
    day: string,
    removals: readonly Removal[],
    listed?: readonly string[],
  ): Promise<PlaysOfDay>;
  add(userKey: string, day: string, plays: readonly Play[]): Promise<void>;
  remove(
    userKey: string,
    day: string,
    stamps: readonly string[],
    removals: readonly Removal[],
  ): Promise<void>;
  /** Everything that these hold; what was removed one by one stays away. */
  removeAll(keys: readonly string[]): Promise<void>;
  /** Only what began then or later stays. */
  removeBefore(userKey: string, day: string, keys: readonly string[], beforeMs: number): Promise<void>;
}

const AT_ONCE = 16;
const DELETED_AT_ONCE = 500;
/** A day of more objects than that is made one when it is read, once nothing comes to it any more; or when they are very many. */
const MANY_OBJECTS = 8;
const TOO_MANY_OBJECTS = 48;
const CLOSED_AFTER_MS = 3 * 24 * 3_600_000;
/** Another replica may write a day anew while it is read; each time it is listed again. */
const MOST_READINGS = 10;
const TAG_LETTERS = 12;
const JSON_TYPE = { contentType: 'application/json', cacheControl: 'no-store' };
const storedSchema = z.object({ format: z.literal(1), plays: z.array(playSchema).readonly() });
const storedRemovedSchema = z.object({ format: z.literal(1), stamps: z.array(stampSchema).readonly() });

export const msOfPlay = (play: Pick<Play, 'playedAt'>): number => Date.parse(play.playedAt);
const newestFirst = (one: Play, other: Play): number =>
  msOfPlay(other) - msOfPlay(one) || (one.stamp < other.stamp ? 1 : -1);
const sharedOf = (play: Play) => ({ stamp: play.stamp, beganMs: msOfPlay(play) });

export const createDaysOfPlays = (store: ObjectStore, nowMs: () => number): DaysOfPlays => {
  const hashed = (content: unknown): { readonly body: Buffer; readonly sha256: string } => {
    const body = Buffer.from(JSON.stringify(content));
    return { body, sha256: createHash('sha256').update(body).digest('hex') };
  };
  const write = async (userKey: string, day: string, plays: readonly Play[]): Promise<string> => {
    const { body, sha256 } = hashed({ format: 1, plays });
    const key = playsKey(userKey, day, sha256);
    await store.create(key, body, JSON_TYPE);
    return key;
  };
  const writeRemoved = async (userKey: string, day: string, stamps: readonly string[]): Promise<string> => {
    const { body, sha256 } = hashed({ format: 1, stamps: stamps.toSorted() });
    const key = removedPlaysKey(userKey, day, sha256);
    await store.create(key, body, JSON_TYPE);
    return key;
  };
  const removeKeys = async (keys: readonly string[]): Promise<void> => {
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE)
      await store.delete(keys.slice(from, from + DELETED_AT_ONCE));
  };
  const list = async (userKey: string, day: string): Promise<readonly string[]> => {
    const keys: string[] = [];
    for await (const { key } of store.list(dayOfPlaysFolder(userKey, day)))
      if (readPlaysKey(key) !== null) keys.push(key);
    return keys;
  };
  const tagOf = (keys: readonly string[]): string =>
    createHash('sha256').update(keys.toSorted().join('\n')).digest('base64url').slice(0, TAG_LETTERS);

  interface Objects {
    readonly keys: readonly string[];
    readonly plays: readonly Play[];
    readonly removed: ReadonlySet<string>;
  }
  /** All that is listed, or it is listed again: what is missing may be in an object that was written meanwhile. */
  const readObjects = async (userKey: string, day: string, listed?: readonly string[]): Promise<Objects> => {
    let keys = listed ?? (await list(userKey, day));
    for (let readings = 0; readings < MOST_READINGS; readings += 1) {
      const limit = pLimit(AT_ONCE);
      const objects = await Promise.all(
        keys.map((key) => limit(async () => ({ key, bytes: await store.getBytes(key) }))),
      );
      const plays: Play[] = [];
      const removed = new Set<string>();
      let isWhole = true;
      for (const { key, bytes } of objects) {
        if (bytes === null) isWhole = false;
        else {
          const content: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
          if (readPlaysKey(key)?.holds === 'removed')
            for (const stamp of storedRemovedSchema.parse(content).stamps) removed.add(stamp);
          else for (const play of storedSchema.parse(content).plays) plays.push(play);
        }
      }
      if (isWhole) return { keys, plays, removed };
      keys = await list(userKey, day);
    }
    throw new StoreError('unreachable', 'A day of plays changes while it is read.', 'Ask again.');
  };

  /** What takes the place of the objects is written first. What is gone for good does not stay in any of them. */
  const tidy = async (
    userKey: string,
    day: string,
    { keys, plays, removed }: Objects,
    union: readonly Play[],
  ): Promise<void> => {
    const kept = new Set(union.map(({ stamp }) => stamp));
    const isHolding = plays.some(({ stamp }) => !kept.has(stamp));
    const isClosed = Date.parse(day) <= nowMs() - CLOSED_AFTER_MS;
    if (!isHolding && keys.length < (isClosed ? MANY_OBJECTS : TOO_MANY_OBJECTS)) return;
    const written = new Set<string>();
    if (union.length > 0) written.add(await write(userKey, day, union));
    if (removed.size > 0) written.add(await writeRemoved(userKey, day, [...removed]));
    await removeKeys(keys.filter((key) => !written.has(key)));
  };

  const read: DaysOfPlays['read'] = async (userKey, day, removals, listed) => {
    const objects = await readObjects(userKey, day, listed);
    const union = unionOfPlays(
      objects.plays,
      (play) =>
        objects.removed.has(play.stamp) || removals.some((removal) => isRemovedBy(removal, sharedOf(play))),
    ).toSorted(newestFirst);
    await tidy(userKey, day, objects, union);
    return { plays: union, removed: [...objects.removed], tag: tagOf(objects.keys) };
  };

  return {
    tagOf,
    read,
    async add(userKey, day, plays) {
      await write(userKey, day, plays);
    },
    async remove(userKey, day, stamps, removals) {
      await writeRemoved(userKey, day, stamps);
      await read(userKey, day, removals);
    },
    removeAll: (keys) => removeKeys(keys.filter((key) => readPlaysKey(key)?.holds !== 'removed')),
    async removeBefore(userKey, day, keys, beforeMs) {
      const objects = await readObjects(userKey, day, keys);
      const kept = unionOfPlays(
        objects.plays,
        (play) => msOfPlay(play) < beforeMs || objects.removed.has(play.stamp),
      ).toSorted(newestFirst);
      const rest = kept.length === 0 ? null : await write(userKey, day, kept);
      await removeKeys(objects.keys.filter((key) => key !== rest && readPlaysKey(key)?.holds !== 'removed'));
    },
  };
};
