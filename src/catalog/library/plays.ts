/**
 * What was played, as a grow-only set (as `ads/ad-metering.ts` keeps what was heard): the plays of one request are one object for each
 * day, named by its content, so a request that is sent again writes what is there already; what overlaps counts once when it is read.
 */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { z } from 'zod';
import { playSchema, type Play, type PlaysReply } from '../../contract/library-http.ts';
import { stampSchema } from '../../contract/library-operations-http.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { dayOfPlaysKey, playsFolder, playsKey, userKeyOf } from './library-keys.ts';

/** A cursor that was not given out here. */
export class PlaysCursorError extends Error {
  override readonly name = 'PlaysCursorError';
}

export interface Plays {
  /** Written when it resolves. */
  take(userId: string, plays: readonly Play[]): Promise<void>;
  /** Newest first. Rejects with a `PlaysCursorError`. */
  page(userId: string, cursor: string | null, limit: number): Promise<PlaysReply>;
  /** All of them, newest first, a day at a time. */
  all(userId: string): AsyncIterable<readonly Play[]>;
  /** Those that began before that time; null: all. */
  remove(userId: string, before: string | null): Promise<void>;
}

const AT_ONCE = 16;
const DELETED_AT_ONCE = 500;
/** A day of more objects than that is made one when it is read, once nothing comes to it any more. */
const MANY_OBJECTS = 8;
const CLOSED_AFTER_MS = 3 * 24 * 3_600_000;
const JSON_TYPE = { contentType: 'application/json', cacheControl: 'no-store' };
const storedSchema = z.object({ format: z.literal(1), plays: z.array(playSchema).readonly() });

const dayOf = (playedAt: string): string => new Date(playedAt).toISOString().slice(0, 10);
const msOf = (play: Play): number => Date.parse(play.playedAt);
const newestFirst = (one: Play, other: Play): number =>
  msOf(other) - msOf(one) || (one.stamp < other.stamp ? 1 : -1);

const cursorSchema = z.tuple([z.number(), stampSchema]);
type Cursor = z.infer<typeof cursorSchema>;
const cursorOf = (play: Play): string =>
  Buffer.from(JSON.stringify([msOf(play), play.stamp])).toString('base64url');
const readCursor = (text: string): Cursor => {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new PlaysCursorError('The cursor is not one that this service gave.', { cause: error });
  }
};
const isAfter = (play: Play, [ms, stamp]: Cursor): boolean =>
  msOf(play) < ms || (msOf(play) === ms && play.stamp < stamp);

export const createPlays = (store: ObjectStore, nowMs: () => number): Plays => {
  const write = async (userKey: string, day: string, plays: readonly Play[]): Promise<string> => {
    const body = Buffer.from(JSON.stringify({ format: 1, plays }));
    const key = playsKey(userKey, day, createHash('sha256').update(body).digest('hex'));
    await store.create(key, body, JSON_TYPE);
    return key;
  };
  const removeKeys = async (keys: readonly string[]): Promise<void> => {
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE)
      await store.delete(keys.slice(from, from + DELETED_AT_ONCE));
  };

  /** Oldest first. */
  const days = async (
    userKey: string,
  ): Promise<readonly (readonly [day: string, keys: readonly string[]])[]> => {
    const found = new Map<string, string[]>();
    for await (const { key } of store.list(playsFolder(userKey))) {
      const day = dayOfPlaysKey(key);
      if (day === null) continue;
      const keys = found.get(day);
      if (keys === undefined) found.set(day, [key]);
      else keys.push(key);
    }
    return [...found];
  };

  const readDay = async (keys: readonly string[]): Promise<readonly Play[]> => {
    const limit = pLimit(AT_ONCE);
    const objects = await Promise.all(keys.map((key) => limit(() => store.getBytes(key))));
    const byStamp = new Map<string, Play>();
    for (const bytes of objects) {
      if (bytes === null) continue;
      const { plays } = storedSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      for (const play of plays) byStamp.set(play.stamp, play);
    }
    return [...byStamp.values()].sort(newestFirst);
  };

  /** The union is written first, and what it holds is removed afterwards. */
  const mergeIfClosed = async (
    userKey: string,
    day: string,
    keys: readonly string[],
    plays: readonly Play[],
  ): Promise<void> => {
    if (keys.length < MANY_OBJECTS || Date.parse(day) > nowMs() - CLOSED_AFTER_MS) return;
    const merged = await write(userKey, day, plays);
    await removeKeys(keys.filter((key) => key !== merged));
  };

  async function* all(userId: string, fromDay = '9999'): AsyncIterable<readonly Play[]> {
    const userKey = userKeyOf(userId);
    for (const [day, keys] of (await days(userKey)).toReversed()) {
      if (day > fromDay) continue;
      const plays = await readDay(keys);
      await mergeIfClosed(userKey, day, keys, plays);
      yield plays;
    }
  }

  return {
    all: (userId) => all(userId),
    async take(userId, plays) {
      const userKey = userKeyOf(userId);
      const byDay = Map.groupBy(plays, ({ playedAt }) => dayOf(playedAt));
      for (const [day, ofDay] of byDay) await write(userKey, day, ofDay);
    },
    async page(userId, text, limit) {
      const cursor = text === null ? null : readCursor(text);
      const fromDay = cursor === null ? '9999' : dayOf(new Date(cursor[0]).toISOString());
      const found: Play[] = [];
      for await (const plays of all(userId, fromDay)) {
        for (const play of plays) if (cursor === null || isAfter(play, cursor)) found.push(play);
        if (found.length > limit) break;
      }
      const plays = found.slice(0, limit);
      const last = plays.at(-1);
      return { plays, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
    },
    async remove(userId, before) {
      const userKey = userKeyOf(userId);
      const limitMs = before === null ? Infinity : Date.parse(before);
      for (const [day, keys] of await days(userKey)) {
        if (Date.parse(day) >= limitMs) break;
        const kept = before === null ? [] : (await readDay(keys)).filter((play) => msOf(play) >= limitMs);
        const rest = kept.length === 0 ? null : await write(userKey, day, kept);
        await removeKeys(keys.filter((key) => key !== rest));
      }
    },
  };
};
