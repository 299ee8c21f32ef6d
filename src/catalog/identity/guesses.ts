/**
 * Counts guesses at passwords, in the store, so that those at several replicas count together. A guess is written down before
 * the password is looked at, as the create-only object with the next number: of guesses made at once each gets a number of
 * its own, and waits for as long as that number says.
 */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { ObjectStore } from '../store/object-store.ts';
import { ACCOUNT_POLICY, ADDRESS_POLICY, waitAfterGuesses, type GuessPolicy } from './guess-waits.ts';
import { guessFolder, guessKey, guessOrdinal } from './identity-keys.ts';

export type GuessAnswer =
  { readonly state: 'wait'; readonly seconds: number } | { readonly state: 'counted'; readonly guess: Guess };

export interface Guess {
  /** It was right: the account's count begins anew. */
  wasRight(): Promise<void>;
  /** Nobody looked at it: it counts for nothing. */
  withdraw(): Promise<void>;
}

export interface Guesses {
  /** `login`: whether or not there is such an account. Rejects with a `StoreError`: then nothing may be tried. */
  count(login: string, address: string): Promise<GuessAnswer>;
  /** The same for what is typed without an account: codes of devices. */
  countAt(address: string): Promise<GuessAnswer>;
}

const guessSchema = z.object({ at: z.number(), endsAt: z.number() });
/** Later ones wait longest anyway. */
const MOST_KEPT = 64;
const MOST_RACES = 50;

interface Lane {
  readonly folder: string;
  readonly policy: GuessPolicy;
}

interface Seen {
  readonly keys: readonly string[];
  readonly nextOrdinal: number;
  readonly waitMs: number;
}

/** Of a login or a network: whoever lists the store need not read who signs in from where. */
export const hashed = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A household's addresses of version 6 are a network of 64 bits; someone who guesses has all of them. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.toLowerCase().replace(/%.*$/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...gap, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

export const createGuesses = (store: ObjectStore, nowMs: () => number): Guesses => {
  const look = async (lane: Lane): Promise<Seen> => {
    const { folder, policy } = lane;
    const keys: string[] = [];
    for await (const { key } of store.list(folder)) if (guessOrdinal(key) !== null) keys.push(key);
    const lastKey = keys.at(-1);
    if (lastKey === undefined) return { keys, nextOrdinal: 1, waitMs: 0 };
    const nextOrdinal = (guessOrdinal(lastKey) ?? 0) + 1;
    const bytes = await store.getBytes(lastKey);
    // Taken away between listing and reading; what else was seen may be gone too, or not.
    if (bytes === null) return look(lane);
    const { at } = guessSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const passedMs = nowMs() - at;
    if (passedMs >= policy.forgetAfterMs) {
      await store.delete(keys);
      return { keys: [], nextOrdinal, waitMs: 0 };
    }
    // A clock that is behind the other replica's must not lengthen the wait.
    const waitMs = waitAfterGuesses(keys.length, policy) - Math.max(0, passedMs);
    return { keys, nextOrdinal, waitMs: Math.max(0, waitMs) };
  };

  /** The key of the guess that was written down, or how long to wait. @param first what was seen just now */
  const take = async (
    lane: Lane,
    first: Seen,
  ): Promise<{ readonly key: string } | { readonly waitMs: number }> => {
    for (let race = 0; race < MOST_RACES; race++) {
      const { keys, nextOrdinal, waitMs } = race === 0 ? first : await look(lane);
      if (waitMs > 0) return { waitMs };
      const key = guessKey(lane.folder, nextOrdinal);
      const at = nowMs();
      const body = Buffer.from(JSON.stringify({ at, endsAt: at + lane.policy.forgetAfterMs }));
      if (!(await store.create(key, body, { contentType: 'application/json', cacheControl: 'no-store' })))
        continue;
      if (keys.length > MOST_KEPT) await store.delete(keys.slice(0, keys.length - MOST_KEPT));
      return { key };
    }
    // So many at once guess at the same: that is no listener.
    return { waitMs: waitAfterGuesses(MOST_RACES, lane.policy) };
  };

  const waiting = (waitMs: number): GuessAnswer => ({ state: 'wait', seconds: Math.ceil(waitMs / 1000) });
  const addressLane = (address: string): Lane => ({
    folder: guessFolder('address', hashed(networkOf(address))),
    policy: ADDRESS_POLICY,
  });

  return {
    count: async (login, address) => {
      const lane = { folder: guessFolder('account', hashed(login)), policy: ACCOUNT_POLICY };
      const fromAddress = addressLane(address);
      const [account, before] = await Promise.all([look(lane), look(fromAddress)]);
      const waitMs = Math.max(account.waitMs, before.waitMs);
      if (waitMs > 0) return waiting(waitMs);
      const there = await take(fromAddress, before);
      if ('waitMs' in there) return waiting(there.waitMs);
      const here = await take(lane, account);
      if ('waitMs' in here) return waiting(here.waitMs);
      // Those that others make meanwhile stay counted.
      const wasRight = (): Promise<void> => store.delete([...account.keys, here.key, there.key]);
      const withdraw = (): Promise<void> => store.delete([here.key, there.key]);
      return { state: 'counted', guess: { wasRight, withdraw } };
    },
    countAt: async (address) => {
      const lane = addressLane(address);
      const taken = await take(lane, await look(lane));
      if ('waitMs' in taken) return waiting(taken.waitMs);
      const withdraw = (): Promise<void> => store.delete([taken.key]);
      return { state: 'counted', guess: { wasRight: withdraw, withdraw } };
    },
  };
};
