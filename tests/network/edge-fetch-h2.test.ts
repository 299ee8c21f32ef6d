import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { createFetch } from '../../src/main/network/edge-fetch.ts';
import { systemErrorCode } from '../../src/main/storage/storage-error.ts';
import { deadlyWay, outgoing, secureServer, until, type SecureLoopback } from './loopback-server.ts';

const BYTES = 3_000_000;
const audio = Buffer.from(Array.from({ length: BYTES }, (_, at) => (at * 31 + (at >> 8)) & 255));

/** Answers ranges of one piece of audio, as an edge does. */
const serveAudio = ({ server }: SecureLoopback): IncomingHttpHeaders[] => {
  const requests: IncomingHttpHeaders[] = [];
  server.on('stream', (stream, headers) => {
    requests.push(headers);
    const [, first = '0', last = String(BYTES - 1)] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const part = audio.subarray(Number(first), Number(last) + 1);
    stream.respond({
      ':status': headers.range === undefined ? 200 : 206,
      'content-length': part.byteLength,
      'content-range': `bytes ${first}-${last}/${BYTES}`,
    });
    stream.end(part);
  });
  return requests;
};

const range = (first: number, last: number): RequestInit => ({
  headers: { range: `bytes=${first}-${last}` },
});

describe('an edge that has HTTP/2', () => {
  it('sends many ranges over one connection', async () => {
    const edge = await secureServer();
    const requests = serveAudio(edge);
    const { fetch } = outgoing();

    const parts = await Promise.all(
      Array.from({ length: 20 }, async (_, part) => {
        const response = await fetch(edge.url('/song'), range(part * 150_000, part * 150_000 + 149_999));
        expect(response.status).toBe(206);
        return Buffer.from(await response.arrayBuffer());
      }),
    );

    expect(Buffer.concat(parts).equals(audio)).toBe(true);
    expect(requests).toHaveLength(20);
    expect(edge.sessions).toHaveLength(1);
    expect(edge.sockets).toHaveLength(1);
    expect(edge.sessions[0]?.alpnProtocol).toBe('h2');
  });

  it('is asked for the bytes as they are, not packed', async () => {
    const edge = await secureServer();
    const requests = serveAudio(edge);
    const { fetch } = outgoing();
    const response = await fetch(edge.url('/song'), range(0, 9));
    await response.arrayBuffer();
    expect(requests[0]?.['accept-encoding']).toBe('identity');
    expect(requests[0]?.cookie).toBeUndefined();
  });

  it('lets one answer be dropped without touching the others, a hundred times over', async () => {
    const edge = await secureServer();
    serveAudio(edge);
    const { fetch } = outgoing();
    const kept = await fetch(edge.url('/kept'));

    for (let dropped = 0; dropped < 50; dropped += 1) {
      const controller = new AbortController();
      const aborted = await fetch(edge.url('/aborted'), { signal: controller.signal });
      controller.abort();
      await expect(aborted.arrayBuffer()).rejects.toThrow(/abort/i);
      const cancelled = await fetch(edge.url('/cancelled'));
      await cancelled.body?.cancel();
    }

    expect(Buffer.from(await kept.arrayBuffer()).equals(audio)).toBe(true);
    expect(edge.sessions).toHaveLength(1);
    expect(edge.sessions[0]?.closed).toBe(false);
  });

  it('lets a request be dropped before it is answered', async () => {
    const edge = await secureServer();
    const unanswered: ServerHttp2Stream[] = [];
    edge.server.on('stream', (stream, headers) => {
      if (headers[':path'] === '/never') unanswered.push(stream);
      else {
        stream.respond({ ':status': 200 });
        stream.end('here');
      }
    });
    const { fetch } = outgoing();
    const controller = new AbortController();
    const never = fetch(edge.url('/never'), { signal: controller.signal });
    await until('the request arrives', () => unanswered.length === 1);
    controller.abort();
    await expect(never).rejects.toThrow(/abort/i);
    await until('the edge hears of it', () => unanswered[0]?.closed === true);
    expect(await (await fetch(edge.url('/'))).text()).toBe('here');
    expect(edge.sessions).toHaveLength(1);
  });

  it('goes on past readers that have stopped reading', async () => {
    const edge = await secureServer();
    serveAudio(edge);
    const { fetch } = outgoing();
    const resting = await Promise.all(Array.from({ length: 8 }, () => fetch(edge.url('/resting'))));
    const read = await fetch(edge.url('/read'));
    expect(Buffer.from(await read.arrayBuffer()).equals(audio)).toBe(true);
    // And those that rested get everything once they read again.
    for (const response of resting) {
      expect(Buffer.from(await response.arrayBuffer()).equals(audio)).toBe(true);
    }
    expect(edge.sessions).toHaveLength(1);
  });

  it('does not keep in memory what a resting reader has not asked for', async () => {
    const edge = await secureServer();
    let sent = 0;
    edge.server.on('stream', (stream) => {
      stream.respond({ ':status': 200 });
      const more = (): void => {
        while (
          stream.write(audio.subarray(0, 65_536), () => {
            sent += 65_536;
          })
        );
      };
      stream.on('drain', more);
      more();
    });
    const { fetch } = outgoing();
    const response = await fetch(edge.url('/endless'));
    const reader = response.body?.getReader();
    await reader?.read();
    let before = -1;
    await until('the edge has to wait', () => {
      const waits = sent === before;
      before = sent;
      return waits && sent > 0;
    });
    expect(sent).toBeLessThan(2_000_000);
    await reader?.cancel();
  });

  it('says with a code that an answer was cut off, and makes a new connection for the next', async () => {
    const edge = await secureServer();
    edge.server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200, 'content-length': 100_000 });
      if (headers[':path'] === '/cut') stream.write(Buffer.alloc(1_000));
      else stream.end(Buffer.alloc(100_000));
    });
    const { fetch } = outgoing();
    const response = await fetch(edge.url('/cut'));
    const reader = response.body?.getReader();
    await reader?.read();
    edge.sockets[0]?.destroy();
    const failure = await reader?.read().catch((error: unknown) => error);
    expect(systemErrorCode(failure)).toMatch(/^(ECONNRESET|UND_ERR_SOCKET|ERR_HTTP2_\w+)$/);

    const next = await fetch(edge.url('/whole'));
    expect((await next.arrayBuffer()).byteLength).toBe(100_000);
    expect(edge.sessions).toHaveLength(2);
  });

  it('says with a code that one answer was reset, and goes on with the connection', async () => {
    const edge = await secureServer();
    edge.server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200, 'content-length': 5 });
      if (headers[':path'] === '/reset')
        stream.write('who', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
      else stream.end('whole');
    });
    const { fetch } = outgoing();
    const failure = await fetch(edge.url('/reset'))
      .then((response) => response.text())
      .catch((error: unknown) => error);
    expect(systemErrorCode(failure)).toMatch(/^(ERR_HTTP2_\w+|UND_ERR_\w+)$/);
    expect(await (await fetch(edge.url('/next'))).text()).toBe('whole');
    expect(edge.sessions).toHaveLength(1);
  });

  it('may say goodbye: what runs is finished, what comes goes over a new connection', async () => {
    const edge = await secureServer();
    const waiting: ServerHttp2Stream[] = [];
    edge.server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200 });
      if (headers[':path'] === '/slow') {
        stream.write('first ');
        waiting.push(stream);
      } else stream.end('next');
    });
    const { fetch } = outgoing();
    const slow = await fetch(edge.url('/slow'));
    await until('the slow one runs', () => waiting.length === 1);
    edge.sessions[0]?.close();
    expect(await (await fetch(edge.url('/next'))).text()).toBe('next');
    waiting[0]?.end('and last');
    expect(await slow.text()).toBe('first and last');
    expect(edge.sessions).toHaveLength(2);
  });

  it('may say goodbye after every answer, and none of the next requests fails', async () => {
    const edge = await secureServer();
    edge.server.on('stream', (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('here');
      stream.session?.close();
    });
    const { fetch } = outgoing();
    for (let round = 0; round < 50; round += 1) {
      expect(await (await fetch(edge.url('/'))).text()).toBe('here');
    }
    expect(edge.sessions).toHaveLength(50);
  });

  it('is reached over a new connection after the machine has slept, while what runs goes on', async () => {
    const edge = await secureServer();
    const waiting: ServerHttp2Stream[] = [];
    edge.server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200 });
      if (headers[':path'] === '/slow') waiting.push(stream);
      else stream.end('here');
    });
    const http = outgoing();
    const slow = await http.fetch(edge.url('/slow'));
    http.renew();
    expect(await (await http.fetch(edge.url('/'))).text()).toBe('here');
    expect(edge.sessions).toHaveLength(2);
    waiting[0]?.end('all of it');
    expect(await slow.text()).toBe('all of it');

    const dead = await http.fetch(edge.url('/slow'));
    http.renew();
    await http.close();
    await expect(dead.text()).rejects.toThrow('terminated');
    await until('nothing is open', () => edge.sockets.every((socket) => socket.destroyed));
  });

  it('that falls silent in the middle is given up, with a code', async () => {
    const edge = await secureServer();
    edge.server.on('stream', (stream, headers) => {
      if (headers[':path'] === '/silent') return;
      stream.respond({ ':status': 200 });
      stream.write('some');
    });
    const { fetch } = outgoing({ silenceMs: 600 });
    const stalled = await fetch(edge.url('/stalled'));
    const failures = await Promise.all(
      [stalled.text(), fetch(edge.url('/silent'))].map((work) => work.catch((error: unknown) => error)),
    );
    expect(failures.map(systemErrorCode)).toEqual(['UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT']);
  });

  it('that nobody can be reached at any more is soon tried over a new connection', async () => {
    const edge = await secureServer();
    edge.server.on('stream', (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('here');
    });
    const way = await deadlyWay(edge);
    const { fetch } = outgoing({ silenceMs: 600 });
    expect(await (await fetch(way.url)).text()).toBe('here');
    way.die();
    const failure = await fetch(way.url).catch((error: unknown) => error);
    expect(systemErrorCode(failure)).toBe('UND_ERR_HEADERS_TIMEOUT');
    expect(await (await fetch(way.url)).text()).toBe('here');
    expect(edge.sessions).toHaveLength(2);
  });

  it('whose certificate nobody vouches for is refused', async () => {
    const edge = await secureServer();
    const http = createFetch();
    const failure = await http.fetch(edge.url('/')).catch((error: unknown) => error);
    await http.close();
    expect(systemErrorCode(failure)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});
