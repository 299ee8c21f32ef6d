import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { systemErrorCode } from '../../src/main/storage/storage-error.ts';
import { outgoing, plainServer, until } from './loopback-server.ts';

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('an edge that has HTTP/1.1', () => {
  it('is asked again and again over connections that stay', async () => {
    const edge = await plainServer();
    edge.server.on('request', (_incoming, outgoing) => outgoing.end('here'));
    const { fetch } = outgoing();
    for (let request = 0; request < 30; request += 1) {
      expect(await (await fetch(edge.url('/'))).text()).toBe('here');
    }
    // Two, because a request may come in the instant before the last one's connection is free.
    expect(edge.sockets.length).toBeLessThanOrEqual(2);
  });

  it('has at most six connections, however much is asked at once', async () => {
    const edge = await plainServer();
    const waiting: ServerResponse[] = [];
    edge.server.on('request', (_incoming, outgoing) => waiting.push(outgoing));
    const { fetch } = outgoing();
    const answers = Array.from({ length: 40 }, async () => (await fetch(edge.url('/'))).text());
    await until('six requests arrive', () => waiting.length === 6);
    for (let answered = 0; answered < 40; answered += 1) {
      await until('the next request arrives', () => waiting.length > 0);
      waiting.shift()?.end('here');
    }
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['here']));
    expect(edge.sockets).toHaveLength(6);
  });

  it('is not sent a second request over a connection that is still answering', async () => {
    const edge = await plainServer();
    const waiting: ServerResponse[] = [];
    edge.server.on('request', (incoming, outgoing) => {
      if (incoming.url === '/slow') waiting.push(outgoing);
      // Also on a connection that was made anew after a cut.
      else if (incoming.url === '/cut') incoming.socket.destroy();
      else outgoing.end('quick');
    });
    const { fetch } = outgoing();
    await failureOf(fetch(edge.url('/cut')));
    const slow = fetch(edge.url('/slow'));
    await until('the slow one runs', () => waiting.length === 1);
    expect(await (await fetch(edge.url('/quick'))).text()).toBe('quick');
    waiting[0]?.end('slow');
    expect(await (await slow).text()).toBe('slow');
  });

  it('lets one answer be dropped without touching the others', async () => {
    const edge = await plainServer();
    const held: ServerResponse[] = [];
    edge.server.on('request', (_incoming, outgoing) => {
      outgoing.write('first ');
      held.push(outgoing);
    });
    const { fetch } = outgoing();
    const kept = await fetch(edge.url('/kept'));
    const controller = new AbortController();
    const dropped = await fetch(edge.url('/dropped'), { signal: controller.signal });
    const cancelled = await fetch(edge.url('/cancelled'));
    controller.abort();
    await cancelled.body?.cancel();
    await expect(dropped.text()).rejects.toThrow(/abort/i);
    await until('the edge hears of both', () => held.filter((outgoing) => outgoing.destroyed).length === 2);
    held[0]?.end('and last');
    expect(await kept.text()).toBe('first and last');
  });

  it('says with a code that it was reset, cut off, or is not there', async () => {
    const edge = await plainServer();
    edge.server.on('request', (incoming, outgoing) => {
      if (incoming.url === '/reset') {
        outgoing.write('some', () => incoming.socket.resetAndDestroy());
      } else if (incoming.url === '/cut') {
        outgoing.setHeader('content-length', 100);
        outgoing.write('some', () => incoming.socket.end());
      } else outgoing.end('here');
    });
    const { fetch } = outgoing();
    const read = async (path: string): Promise<string> => (await fetch(edge.url(path))).text();
    expect(systemErrorCode(await failureOf(read('/reset')))).toBe('ECONNRESET');
    expect(systemErrorCode(await failureOf(read('/cut')))).toMatch(/^UND_ERR_\w+$/);
    expect(await read('/')).toBe('here');
    edge.server.close();
    edge.server.closeAllConnections();
    expect(systemErrorCode(await failureOf(read('/')))).toBe('ECONNREFUSED');
  });

  it('that falls silent in the middle is given up, with a code', async () => {
    const edge = await plainServer();
    edge.server.on('request', (incoming, outgoing) => {
      if (incoming.url === '/stalled') outgoing.write('some');
    });
    const { fetch } = outgoing({ silenceMs: 600 });
    const stalled = await fetch(edge.url('/stalled'));
    const failures = await Promise.all([failureOf(stalled.text()), failureOf(fetch(edge.url('/silent')))]);
    expect(failures.map(systemErrorCode)).toEqual(['UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT']);
  });

  it('does not call a listener silent who reads slowly', async () => {
    const edge = await plainServer();
    const body = Buffer.alloc(8_000_000, 7);
    let answered = false;
    edge.server.on('request', (_incoming, outgoing) => {
      outgoing.end(body, () => {
        answered = true;
      });
    });
    const silenceMs = 600;
    const { fetch } = outgoing({ silenceMs });
    const response = await fetch(edge.url('/'));
    const begun = performance.now();
    await until('longer than the limit has passed', () => performance.now() - begun > 2 * silenceMs);
    expect(answered).toBe(false);
    expect((await response.arrayBuffer()).byteLength).toBe(body.byteLength);
  });

  it('may hang up on idle connections', async () => {
    const edge = await plainServer();
    edge.server.on('request', (_incoming, outgoing) => outgoing.end('here'));
    const { fetch } = outgoing();
    for (let round = 1; round <= 20; round += 1) {
      expect(await (await fetch(edge.url('/'))).text()).toBe('here');
      const idle = edge.sockets.at(-1);
      idle?.end();
      await until('it is closed on both sides', () => idle?.closed === true);
      expect(edge.sockets).toHaveLength(round);
    }
  });

  it('is asked for plain bytes when a range is wanted, and unpacked when it sends packed ones all the same', async () => {
    const edge = await plainServer();
    const asked: (string | undefined)[] = [];
    edge.server.on('request', (incoming, outgoing) => {
      asked.push(String(incoming.headers['accept-encoding']));
      outgoing.setHeader('content-encoding', 'gzip');
      outgoing.end(gzipSync('unpacked'));
    });
    const { fetch } = outgoing();
    const range = await fetch(edge.url('/'), { headers: { range: 'bytes=0-7' } });
    expect(range.headers.get('content-encoding')).toBe('gzip');
    expect(await range.text()).toBe('unpacked');
    const own = await fetch(edge.url('/'), { headers: new Headers({ 'accept-encoding': 'identity' }) });
    await own.text();
    expect(asked).toEqual(['identity', 'identity']);
  });

  it('may send elsewhere; what was asked for goes along, cookies do not', async () => {
    const edge = await plainServer();
    const seen: {
      readonly url: string | undefined;
      readonly cookie: string | undefined;
      readonly range: string | undefined;
    }[] = [];
    edge.server.on('request', (incoming, outgoing) => {
      seen.push({ url: incoming.url, cookie: incoming.headers.cookie, range: incoming.headers.range });
      if (incoming.url === '/old') {
        outgoing.writeHead(307, { location: '/new', 'set-cookie': 'who=you; Path=/' }).end();
      } else outgoing.end('here');
    });
    const { fetch } = outgoing();
    const response = await fetch(edge.url('/old'), { headers: { range: 'bytes=0-3' } });
    expect(await response.text()).toBe('here');
    await (await fetch(edge.url('/new'))).text();
    expect(seen).toEqual([
      { url: '/old', cookie: undefined, range: 'bytes=0-3' },
      { url: '/new', cookie: undefined, range: 'bytes=0-3' },
      { url: '/new', cookie: undefined, range: undefined },
    ]);
  });

  it('leaves nothing open once all is closed', async () => {
    const edge = await plainServer();
    edge.server.on('request', (incoming, outgoing) => {
      if (incoming.url === '/') outgoing.end('here');
      else outgoing.write('some');
    });
    const http = outgoing();
    await (await http.fetch(edge.url('/'))).text();
    const running = await http.fetch(edge.url('/running'));
    await http.close();
    await expect(running.text()).rejects.toThrow('terminated');
    await expect(http.fetch(edge.url('/'))).rejects.toThrow('fetch failed');
    await until('the edge sees them go', () => edge.sockets.every((socket) => socket.destroyed));
  });
});
