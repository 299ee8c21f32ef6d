/**
 * How replicas hear of each other's writes: each puts what it wrote into small objects that list in the order of time, and each that
 * has listeners lists them once a second. It is a hint and no truth: what is missed here (a replica that was killed before it told)
 * is found when a device asks.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { documentNameSchema } from '../../contract/library-operations-http.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { CHANGES, changesKey, changesTimeOf } from './library-keys.ts';

const changeSchema = z.object({
  document: documentNameSchema,
  /** Of the document: names it among those of all listeners. */
  folder: z.string(),
  revision: z.int().nonnegative(),
  /** Nobody has it any more. */
  isGone: z.boolean(),
  /** Keys of listeners who are members since, or are not any more. */
  joined: z.array(z.string()).readonly(),
  left: z.array(z.string()).readonly(),
});
export type LibraryChange = Readonly<z.infer<typeof changeSchema>>;
const changesSchema = z.object({
  replica: z.string(),
  changes: z.array(changeSchema).readonly(),
  /** Keys of listeners whose plays are others now. */
  plays: z.array(z.string()).readonly().default([]),
});

export interface ChangeFeed {
  /** Told here at once, and elsewhere within about a second. */
  announce(change: LibraryChange): void;
  /** Likewise, of a listener's plays. */
  announcePlays(userKey: string): void;
  /** From now on what others announce is told here too, until `unfollow`. */
  follow(): void;
  unfollow(): void;
  /** Since when nothing was missed; null while it is not followed. */
  followedSinceMs(): number | null;
  /** Tells what is still to be told. */
  close(): Promise<void>;
}

export interface ChangeFeedOptions {
  readonly store: ObjectStore;
  readonly nowMs: () => number;
  readonly onChange: (change: LibraryChange) => void;
  readonly onPlays: (userKey: string) => void;
  readonly onTrouble: (error: unknown) => void;
  readonly followIntervalMs?: number;
}

/** What is announced in so short a time is one object. */
const GATHER_MS = 150;
const FOLLOW_INTERVAL_MS = 800;
/** Clocks of replicas differ, and an object may be seen after one that was named later. */
const OVERLAP_MS = 30_000;
const KEPT_MS = 600_000;
const SWEEP_EVERY_MS = 300_000;
const MOST_AT_ONCE = 500;
const MOST_WAITING = 10_000;
const RETRY_MS = 2000;
const AT_ONCE = { contentType: 'application/json', cacheControl: 'no-store' };

export const createChangeFeed = (options: ChangeFeedOptions): ChangeFeed => {
  const { store, nowMs, onChange, onPlays, onTrouble, followIntervalMs = FOLLOW_INTERVAL_MS } = options;
  const replica = randomUUID();
  let waiting: LibraryChange[] = [];
  const waitingPlays = new Set<string>();
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let sweptAtMs = nowMs();
  let isClosed = false;
  let following: { readonly stop: AbortController; readonly sinceMs: number; done: Promise<void> } | null =
    null;

  const sweep = async (): Promise<void> => {
    if (nowMs() - sweptAtMs < SWEEP_EVERY_MS) return;
    sweptAtMs = nowMs();
    const old: string[] = [];
    for await (const { key } of store.list(CHANGES)) {
      if (changesTimeOf(key) > nowMs() - KEPT_MS || old.push(key) === MOST_AT_ONCE) break;
    }
    if (old.length > 0) await store.delete(old);
  };

  const flush = async (): Promise<void> => {
    while (waiting.length + waitingPlays.size > 0) {
      const changes = waiting.slice(0, MOST_AT_ONCE);
      const plays = [...waitingPlays].slice(0, MOST_AT_ONCE);
      const body = Buffer.from(JSON.stringify({ replica, changes, plays }));
      // What is announced meanwhile is told again.
      for (const userKey of plays) waitingPlays.delete(userKey);
      try {
        await store.create(changesKey(nowMs(), randomUUID()), body, AT_ONCE);
      } catch (error) {
        for (const userKey of plays) if (waitingPlays.size < MOST_WAITING) waitingPlays.add(userKey);
        throw error;
      }
      waiting = waiting.slice(changes.length);
    }
    await sweep();
  };
  const flushIn = (ms: number): void => {
    timer ??= setTimeout(() => {
      timer = null;
      flushing = flushing.then(flush).catch((error: unknown) => {
        onTrouble(error);
        // The oldest are the least worth: a device that asks finds them.
        waiting = waiting.slice(-MOST_WAITING);
        if (!isClosed) flushIn(RETRY_MS);
      });
    }, ms);
  };

  const read = async (key: string): Promise<void> => {
    const bytes = await store.getBytes(key);
    if (bytes === null) return;
    const told = changesSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (told.replica === replica) return;
    for (const change of told.changes) onChange(change);
    for (const userKey of told.plays) onPlays(userKey);
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    const seen = new Set<string>();
    let fromMs = nowMs() - OVERLAP_MS;
    while (!signal.aborted) {
      try {
        const fresh: string[] = [];
        for await (const { key } of store.list(CHANGES, { after: changesKey(fromMs, '') }))
          if (!seen.has(key)) fresh.push(key);
        for (const key of fresh) {
          // Seen before it is read: what cannot be read is not tried for ever.
          seen.add(key);
          await read(key);
        }
        fromMs = Math.max(fromMs, nowMs() - OVERLAP_MS);
        for (const key of seen) if (changesTimeOf(key) < fromMs) seen.delete(key);
      } catch (error) {
        onTrouble(error);
      }
      await wait(followIntervalMs, undefined, { signal, ref: false }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  };

  return {
    announce(change) {
      onChange(change);
      waiting.push(change);
      flushIn(GATHER_MS);
    },
    announcePlays(userKey) {
      onPlays(userKey);
      waitingPlays.add(userKey);
      flushIn(GATHER_MS);
    },
    follow() {
      if (following !== null) return;
      const stop = new AbortController();
      following = { stop, sinceMs: nowMs(), done: run(stop.signal) };
    },
    unfollow() {
      following?.stop.abort();
      following = null;
    },
    followedSinceMs: () => following?.sinceMs ?? null,
    async close() {
      isClosed = true;
      following?.stop.abort();
      await following?.done;
      following = null;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await flushing;
      await flush().catch(onTrouble);
    },
  };
};
