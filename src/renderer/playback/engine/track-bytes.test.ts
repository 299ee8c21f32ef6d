import { describe, expect, it } from 'vitest';
import { openTrackBytes } from './track-bytes.ts';

const KIB = 1024;
const file = Uint8Array.from({ length: 900 * KIB }, (_, index) => (index * 31) % 251);

interface Served {
  readonly fetch: typeof fetch;
  readonly ranges: string[];
}

/** A host of audio in pieces of 16 KiB; `cutAt` tears the first answer that comes to this byte. */
const serve = ({ facts = 'rate=44100;length=9;delay=0;codec=flac', cutAt = -1 } = {}): Served => {
  const ranges: string[] = [];
  let isTorn = false;
  return {
    ranges,
    fetch: async (_address, init) => {
      const range = new Headers(init?.headers).get('range') ?? '';
      ranges.push(range);
      const [, first = '0', last = ''] = /bytes=(\d+)-(\d*)/.exec(range) ?? [];
      const end = last === '' ? file.length : Math.min(file.length, Number(last) + 1);
      let at = Number(first);
      const body = new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            if (!isTorn && cutAt >= 0 && at >= cutAt) {
              isTorn = true;
              controller.error(new Error('torn'));
              return;
            }
            const next = Math.min(end, at + 16 * KIB);
            if (next > at) controller.enqueue(file.slice(at, next));
            at = next;
            if (at >= end) controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(body, {
        status: 206,
        headers: { 'content-range': `bytes ${first}-${end - 1}/${file.length}`, 'riffle-audio': facts },
      });
    },
  };
};

const open = (host: Served) =>
  openTrackBytes({ address: '/tracks/one', fetch: host.fetch, onProgress: () => undefined });

describe('the bytes of a track', () => {
  it('come with what is known of them', async () => {
    const bytes = open(serve());
    await expect(bytes.facts).resolves.toEqual({
      sizeBytes: file.length,
      audio: { sampleRateHz: 44_100, lengthSamples: 9, delaySamples: 0, codec: 'flac' },
    });
    await expect(open(serve({ facts: 'nonsense' })).facts).resolves.toMatchObject({ audio: null });
  });

  it('read from the first to the last are asked for twice: a short beginning, and the rest', async () => {
    const host = serve();
    const bytes = open(host);
    bytes.fetchAhead();
    for (let at = 0; at < file.length; at += 50 * KIB) {
      const end = Math.min(file.length, at + 50 * KIB);
      expect(await bytes.read(at, end)).toEqual(file.slice(at, end));
    }
    expect(host.ranges).toEqual(['bytes=0-131071', 'bytes=131072-']);
    expect(bytes.isWhole()).toBe(true);
  });

  it('of a track that waits for its turn are no more than its beginning', async () => {
    const host = serve();
    const bytes = open(host);
    await bytes.read(0, 100 * KIB);
    expect(host.ranges).toEqual(['bytes=0-131071']);
    expect(bytes.isWhole()).toBe(false);
  });

  it('far away are asked for from there, and near ones are waited for', async () => {
    const host = serve();
    const bytes = open(host);
    expect(await bytes.read(700 * KIB, 700 * KIB + 10)).toEqual(file.slice(700 * KIB, 700 * KIB + 10));
    expect(await bytes.read(740 * KIB, 741 * KIB)).toEqual(file.slice(740 * KIB, 741 * KIB));
    expect(host.ranges).toEqual(['bytes=0-131071', `bytes=${700 * KIB}-`]);
  });

  it('go on at the very byte where an answer was torn', async () => {
    const host = serve({ cutAt: 320 * KIB });
    const bytes = open(host);
    expect(await bytes.read(200 * KIB, 500 * KIB)).toEqual(file.slice(200 * KIB, 500 * KIB));
    expect(host.ranges).toEqual(['bytes=0-131071', 'bytes=131072-', `bytes=${320 * KIB}-`]);
  });

  it('that cannot be had are refused to everybody who waits', async () => {
    let asked = 0;
    const refusing: typeof fetch = async () => {
      asked += 1;
      return new Response(null, { status: 404 });
    };
    const bytes = openTrackBytes({ address: '/tracks/none', fetch: refusing, onProgress: () => undefined });
    await expect(bytes.facts).rejects.toThrow('404');
    await expect(Promise.resolve(bytes.read(0, 10))).rejects.toThrow('404');
    // What was refused is not asked for again in the same breath.
    expect(asked).toBe(1);
  });

  it('are waited for by nobody once they are let go', async () => {
    const silent: typeof fetch = (_address, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('Aborted.', 'AbortError')));
      });
    const bytes = openTrackBytes({ address: '/tracks/one', fetch: silent, onProgress: () => undefined });
    const reading = Promise.resolve(bytes.read(0, 10));
    bytes.dispose();
    await expect(reading).rejects.toThrow('No longer read.');
  });
});
