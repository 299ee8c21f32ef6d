/** An edge that does what an edge should not, and once in a while does. */
import type { Fault, OriginServer } from '../host/origin-server.ts';
import { audioBytes, createCacheFixture, until, type CacheFixture } from '../host/track-cache-fixture.ts';
import { between, type Random } from './damage.ts';
import { createTally, randomFrom, type Scenario, type Tally } from './outcome.ts';
import { play, type Play } from './playing.ts';
import { quickClock, type QuickClock } from './quick-clock.ts';

const BYTES = 400_000;
const STALL_MS = 150;
const never = new AbortController().signal;

interface EdgeFault {
  readonly fault: string;
  /** What the requests meet, in order. */
  readonly meets: (random: Random) => readonly Fault[];
  /** Whether a listener must hear nothing of it; else it may end in an error, and the next play is right. */
  readonly isUnheard: boolean;
  readonly requests: (origin: OriginServer) => boolean;
  readonly also?: (clock: QuickClock) => string | null;
}

const cutAt = (random: Random): Fault => ({ kind: 'cut', afterBytes: between(random, 1, BYTES) });
const times = (count: number, fault: Fault): readonly Fault[] => Array.from({ length: count }, () => fault);
const atLeast =
  (count: number) =>
  ({ requests }: OriginServer): boolean =>
    requests.length >= count;

const FAULTS: readonly EdgeFault[] = [
  {
    fault: '200 to a range',
    meets: (random) => [cutAt(random), { kind: 'ignores-range' }],
    isUnheard: true,
    requests: atLeast(2),
  },
  {
    fault: 'wrong Content-Range',
    meets: (random) => [cutAt(random), { kind: 'wrong-content-range' }],
    isUnheard: false,
    requests: atLeast(2),
  },
  {
    fault: 'another ETag mid-track',
    meets: (random) => [cutAt(random), { kind: 'etag', etag: '"another"' }],
    isUnheard: true,
    requests: atLeast(3),
  },
  { fault: 'gzip', meets: () => [{ kind: 'gzip' }], isUnheard: true, requests: atLeast(1) },
  {
    fault: 'gzip to a range',
    meets: (random) => [cutAt(random), { kind: 'gzip' }],
    isUnheard: false,
    requests: atLeast(2),
  },
  {
    fault: '403 expired mid-track',
    meets: (random) => [cutAt(random), { kind: 'status', status: 403 }],
    isUnheard: true,
    requests: atLeast(3),
  },
  {
    fault: '416',
    meets: (random) => [cutAt(random), { kind: 'status', status: 416 }],
    isUnheard: false,
    requests: atLeast(2),
  },
  {
    fault: '503 with Retry-After',
    meets: (random) => [
      cutAt(random),
      { kind: 'status', status: 503, retryAfter: '2' },
      { kind: 'status', status: 503, retryAfter: '86400' },
    ],
    isUnheard: true,
    requests: atLeast(4),
    also({ waits }) {
      const long = waits.filter((milliseconds) => milliseconds >= 2_000);
      // A second connection, begun because the first was slow, may meet either answer.
      if (!long.some((milliseconds) => [2_000, 30_000].includes(milliseconds)))
        return `Retry-After was not honoured: ${waits.join(' ')}`;
      return Math.max(...long) <= 30_000 ? null : `waited ${Math.max(...long)} ms`;
    },
  },
  {
    fault: 'stalls',
    meets: (random) => times(2, { kind: 'stall', afterBytes: between(random, 0, BYTES / 2) }),
    isUnheard: true,
    requests: atLeast(3),
  },
  {
    fault: 'resets',
    meets: (random) => times(2, { kind: 'reset', afterBytes: between(random, 0, BYTES / 2) }),
    isUnheard: true,
    requests: atLeast(3),
  },
  {
    fault: '1 byte/s',
    meets: () => times(2, { kind: 'trickle', everyMs: STALL_MS / 3 }),
    isUnheard: true,
    requests: atLeast(3),
  },
  {
    fault: 'flipped bit in transit',
    meets: () => [{ kind: 'flipped-bit' }],
    isUnheard: false,
    requests: atLeast(2),
  },
  {
    fault: 'first byte late',
    meets: () => [{ kind: 'late', byMs: 3_000 }],
    isUnheard: true,
    requests: ({ requests }) => requests.length === 2,
  },
  {
    fault: 'slower than the link',
    meets: () => [{ kind: 'slow', bytesPerSecond: 2_000_000 }],
    isUnheard: true,
    requests: ({ requests }) => requests.length === 1,
  },
  {
    fault: 'ends early, again and again',
    meets: (random) => times(3, { kind: 'truncated', bytes: between(random, 1, BYTES / 4) }),
    isUnheard: true,
    requests: atLeast(4),
  },
];

const judge = (played: Play, isUnheard: boolean, what: string, tally: Tally): void => {
  if (played.kind === 'wrong') tally.wrong(what);
  if (played.kind === 'failed' && isUnheard) tally.lost(`${what}: ${String(played.error)}`);
};

/** Somebody listens. */
const listen = async (
  fault: EdgeFault,
  fixture: CacheFixture,
  trackId: string,
  audio: Uint8Array,
  what: string,
  tally: Tally,
): Promise<void> => {
  fixture.cache.expect(trackId, []);
  judge(await play(fixture.cache, trackId, audio), fault.isUnheard, what, tally);
  judge(await play(fixture.cache, trackId, audio), true, `${what}, asked again`, tally);
};

/** It is kept for later: nobody has heard anything yet, so that every one of these is mended without a word. */
const keep = async (fixture: CacheFixture, trackId: string, what: string, tally: Tally): Promise<void> => {
  await fixture.cache.keep(trackId, never).catch((error: unknown) => tally.lost(`${what}: ${String(error)}`));
};

const tryOnce = async (fault: EdgeFault, number: number, random: Random, tally: Tally): Promise<void> => {
  const clock = quickClock();
  const fixture = await createCacheFixture({ stallMs: STALL_MS, clock });
  try {
    const audio = audioBytes(BYTES, 40 + number);
    const trackId = fixture.publish('song', audio);
    fixture.origin.meetWith('/song', ...fault.meets(random));
    const isKept = number % 2 === 1 && fault.fault !== 'first byte late';
    const what = `${fault.fault}, ${isKept ? 'kept' : 'heard'}, try ${number}`;
    tally.tried();
    if (isKept) await keep(fixture, trackId, what, tally);
    else await listen(fault, fixture, trackId, audio, what, tally);
    if (fault.requests(fixture.origin)) tally.met();
    const also = isKept ? null : (fault.also?.(clock) ?? null);
    if (also !== null) tally.lost(`${what}: ${also}`);
    await until('it is kept', () => fixture.cache.holding(trackId)?.isWhole === true).catch(() =>
      tally.lost(`${what}: not kept`),
    );
    await fixture.restart();
    await fixture.origin.close();
    judge(await play(fixture.cache, trackId, audio), true, `${what}, from the disk`, tally);
  } finally {
    await fixture.close();
  }
};

export const ORIGIN_FAULTS: readonly Scenario[] = FAULTS.map((fault) => ({
  fault: `edge: ${fault.fault}`,
  async run(tries, seed) {
    const tally = createTally(`edge: ${fault.fault}`);
    for (let number = 0; number < tries; number += 1)
      await tryOnce(fault, number, randomFrom(seed + number), tally);
    return tally.outcome();
  },
}));
