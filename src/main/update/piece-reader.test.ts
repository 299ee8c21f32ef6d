import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickClock } from '../../../tests/faults/quick-clock.ts';
import { fetchLimited } from './fetch-limited.ts';
import { readPieces, type PieceReaderOptions } from './piece-reader.ts';

const never = new AbortController().signal;
const FILE = Uint8Array.from({ length: 1_000 }, (_, place) => (place * 31) % 251);

/** What an edge does with one request. */
type Answer = 'whole' | 'cut' | 'refused' | '503' | 'no range' | 'other file' | 'too much';

const rangeIn = (headers: Headers): readonly [number, number] => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.get('range') ?? '') ?? [];
  return [Number(first), Number(last)];
};

/** A body that is cut breaks off, as a connection does. */
const bodyOf = (bytes: Uint8Array, isCut: boolean): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      const given = isCut ? bytes.subarray(0, bytes.length >> 1) : bytes;
      if (given.length > 0) controller.enqueue(given);
    },
    pull(controller) {
      if (isCut) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });

const edge = (answers: readonly Answer[]) => {
  const asked: (readonly [number, number])[] = [];
  const fetch: typeof globalThis.fetch = async (_address, init) => {
    const [first, last] = rangeIn(new Headers(init?.headers));
    asked.push([first, last]);
    const answer = answers[asked.length - 1] ?? 'whole';
    if (answer === 'refused') throw new TypeError('fetch failed');
    if (answer === '503') return new Response(null, { status: 503 });
    if (answer === 'no range') return new Response(bodyOf(FILE, false));
    const bytes = FILE.slice(first, last + 1 + (answer === 'too much' ? 1 : 0));
    return new Response(bodyOf(bytes, answer === 'cut'), {
      status: 206,
      headers: {
        etag: answer === 'other file' ? '"other"' : '"one"',
        'content-range': `bytes ${first}-${last}/${FILE.length}`,
      },
    });
  };
  return { asked, fetch };
};

const optionsWith = (fetch: typeof globalThis.fetch, pieceBytes: number): PieceReaderOptions => ({
  fetch,
  pieceBytes,
  clock: quickClock(1_000_000),
  isOnline: () => true,
  takeTurn: async () => ({ signal: never, leave: () => undefined }),
});

const read = async (answers: readonly Answer[], first: number, last: number, pieceBytes: number) => {
  const { asked, fetch } = edge(answers);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of readPieces(
      'http://edge/file',
      { first, last },
      FILE.length,
      optionsWith(fetch, pieceBytes),
      never,
    ))
      chunks.push(chunk);
  } catch (error) {
    return { asked, came: Buffer.concat(chunks), failed: String(Reflect.get(Object(error), 'reason')) };
  }
  return { asked, came: Buffer.concat(chunks), failed: null };
};

describe('reading a file in pieces', () => {
  const places = fc
    .tuple(fc.nat(FILE.length - 1), fc.nat(FILE.length - 1))
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
  const pieces = fc.integer({ min: 1, max: 1_200 });

  it('gives exactly the bytes that were wanted, in pieces no larger than said', async () => {
    await fc.assert(
      fc.asyncProperty(places, pieces, async ([first, last], pieceBytes) => {
        const { asked, came, failed } = await read([], first, last, Math.max(pieceBytes, 20));
        expect(failed).toBeNull();
        expect(came.equals(FILE.subarray(first, last + 1))).toBe(true);
        expect(asked.every(([from, to]) => to - from < Math.max(pieceBytes, 20))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('goes on from where it broke, and gives no byte that is not the file’s', async () => {
    const answer = fc.constantFrom<Answer>(
      'whole',
      'cut',
      'refused',
      '503',
      'other file',
      'too much',
      'no range',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 8 }), places, async (answers, [first, last]) => {
        const { came, failed } = await read(answers, first, last, 200);
        expect(came.equals(FILE.subarray(first, first + came.length))).toBe(true);
        expect(failed === null).toBe(came.length === last + 1 - first);
      }),
      { numRuns: 200 },
    );
  });

  it.each<[readonly Answer[], string | null]>([
    [['cut', 'cut', 'cut', 'cut', 'cut', 'cut'], null],
    [['refused', '503', 'refused'], null],
    [['refused', 'refused', 'refused', 'refused'], 'feed_unreachable'],
    [['503', '503', '503', '503'], 'feed_unreachable'],
    [['whole', 'other file'], 'feed_differs'],
    [['whole', 'no range'], 'feed_differs'],
    [['too much'], 'bad_payload'],
    [['no range'], null],
  ])('meets %j with %s', async (answers, failed) => {
    expect((await read(answers, 0, FILE.length - 1, 400)).failed).toBe(failed);
  });

  it('asks for nothing when it is not its turn, and leaves the line in the end', async () => {
    const { asked, fetch } = edge([]);
    const begin = Promise.withResolvers<void>();
    let left = 0;
    const options: PieceReaderOptions = {
      ...optionsWith(fetch, 400),
      async takeTurn() {
        await begin.promise;
        return { signal: never, leave: () => (left += 1) };
      },
    };
    const bytes = Array.fromAsync(
      readPieces('http://edge/file', { first: 0, last: 999 }, FILE.length, options, never),
    );
    await new Promise(setImmediate);
    expect(asked).toEqual([]);
    begin.resolve();
    expect(Buffer.concat(await bytes).equals(FILE)).toBe(true);
    expect(left).toBe(1);
  });

  it('ends at once when it is no longer wanted', async () => {
    const stop = new AbortController();
    const { fetch } = edge([]);
    const bytes = readPieces(
      'http://edge/file',
      { first: 0, last: 999 },
      FILE.length,
      optionsWith(fetch, 100),
      stop.signal,
    );
    await bytes.next();
    stop.abort(new Error('enough'));
    await expect(Array.fromAsync(bytes)).rejects.toThrow('enough');
  });
});

describe('a small document of the feed', () => {
  it('is given up when it drips on for ever', async () => {
    const drips = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise(setImmediate);
        controller.enqueue(new Uint8Array(1));
      },
    });
    const fetching = fetchLimited('http://edge/stable.riffle.json', {
      fetch: async (_address, init) => {
        const signal = init?.signal;
        return new Response(
          drips.pipeThrough(new TransformStream(), signal === null || signal === undefined ? {} : { signal }),
        );
      },
      clock: quickClock(1_000),
      isOnline: () => true,
      signal: never,
      limitBytes: 1_000_000,
      limitMs: 20_000,
    });
    await expect(fetching).rejects.toMatchObject({ reason: 'feed_unreachable', message: 'not in time' });
  });
});
