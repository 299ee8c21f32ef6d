/** What is told of a link is what a client behind it meets. Times have room for a busy machine, upwards. */
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { startShapedLink, type ShapedLink, type ShapedLinkOptions } from './shaped-link.ts';

const closers: (() => Promise<void>)[] = [];
// Not after each: those of a kind run at the same time, since all they do is wait.
afterAll(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const listening = async (server: Server | ReturnType<typeof createTcpServer>): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const httpServer = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> => {
  const server = createServer(answer);
  const port = await listening(server);
  closers.push(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  return port;
};

/** Gives back what it gets, and knows who is connected. */
const echoServer = async (): Promise<{ readonly port: number; readonly open: Set<Socket> }> => {
  const open = new Set<Socket>();
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.pipe(socket);
  });
  const port = await listening(server);
  closers.push(async () => {
    for (const socket of open) socket.destroy();
    await once(server.close(), 'close');
  });
  return { port, open };
};

const linkTo = async (targetPort: number, options: ShapedLinkOptions = {}): Promise<ShapedLink> => {
  const link = await startShapedLink({ targetPort, ...options });
  closers.push(() => link.close());
  return link;
};

const connected = async (port: number): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  closers.push(async () => void socket.destroy());
  await once(socket, 'connect');
  return socket;
};

/** However it ends. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });

const roundTripMs = async (socket: Socket): Promise<number> => {
  const startedMs = performance.now();
  socket.write('ping');
  await once(socket, 'data');
  return performance.now() - startedMs;
};

const until = async (fact: () => boolean, withinMs = 5_000): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!fact()) {
    if (performance.now() > deadline) throw new Error('it did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** As a client: the body of a GET over connections of its own. */
const body = (port: number, path = '/'): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
      response.on('error', reject);
    }).on('error', reject);
  });

const PATTERN = Buffer.from(Array.from({ length: 600_000 }, (_, index) => (index * 31 + (index >> 8)) & 255));

describe.concurrent('rate', () => {
  test.each([
    { name: '230 kbit/s', bytesPerSecond: 28_800, bytes: 43_200 },
    { name: '2 Mbit/s', bytesPerSecond: 250_000, bytes: 400_000 },
    { name: '50 Mbit/s', bytesPerSecond: 6_250_000, bytes: 9_000_000 },
  ])('$name downwards is never gone over', async ({ bytesPerSecond, bytes }) => {
    const sent = Buffer.alloc(bytes, 'x');
    const port = await httpServer((_, response) => void response.end(sent));
    const link = await linkTo(port, { shape: { downBytesPerSecond: bytesPerSecond } });
    const startedMs = performance.now();
    const got = await body(link.port);
    expect(got.byteLength).toBe(bytes);
    // That it is not slower either is for the bench to say: here the machine may be busy.
    const measured = (bytes / (performance.now() - startedMs)) * 1000;
    expect(measured / bytesPerSecond).toBeLessThan(1.1);
  });

  test('is kept upwards too, and bytes arrive as they were sent', async () => {
    const received: Buffer[] = [];
    const port = await httpServer((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(chunk));
      request.on('end', () => response.end());
    });
    const link = await linkTo(port, { shape: { upBytesPerSecond: 400_000 } });
    const startedMs = performance.now();
    await (await fetch(link.url, { method: 'POST', body: PATTERN })).arrayBuffer();
    const seconds = (performance.now() - startedMs) / 1000;
    expect(Buffer.concat(received).equals(PATTERN)).toBe(true);
    expect(seconds).toBeGreaterThan(1.35);
  });

  test('is shared evenly by connections that want it at once', async () => {
    const waiting: ServerResponse[] = [];
    const port = await httpServer((_, response) => {
      // At once means from the first byte on.
      if (waiting.push(response) === 2) for (const each of waiting) each.end(PATTERN);
    });
    const link = await linkTo(port, { shape: { downBytesPerSecond: 1_000_000 } });
    const both = ['/a', '/b'].map((path) => body(link.port, path));
    await Promise.race(both);
    const carried = link.connections().map(({ downBytes }) => downBytes);
    expect(Math.min(...carried)).toBeGreaterThan(0.6 * Math.max(...carried));
    for (const got of await Promise.all(both)) expect(got.equals(PATTERN)).toBe(true);
  });

  test('can be changed under way', async () => {
    const port = await httpServer((_, response) => void response.end(PATTERN));
    const link = await linkTo(port, { shape: { downBytesPerSecond: 10_000 } });
    const whole = body(link.port);
    await until(() => (link.connections()[0]?.downBytes ?? 0) > 2_000);
    link.setShape({ downBytesPerSecond: Number.POSITIVE_INFINITY });
    expect((await whole).equals(PATTERN)).toBe(true);
  });
});

describe.concurrent('delay', () => {
  test('a round trip takes twice the delay', async () => {
    const echo = await echoServer();
    const link = await linkTo(echo.port, { shape: { delayMs: 25 } });
    const socket = await connected(link.port);
    const trips: number[] = [];
    for (let count = 0; count < 9; count += 1) trips.push(await roundTripMs(socket));
    expect(Math.min(...trips)).toBeGreaterThan(48);
  });

  test('the first bytes of a new connection take longer, by what it takes to set it up', async () => {
    const echo = await echoServer();
    const link = await linkTo(echo.port, { shape: { delayMs: 10, connectMs: 60 } });
    const socket = await connected(link.port);
    const first = await roundTripMs(socket);
    expect(first).toBeGreaterThan(78);
  });

  test('jitter spreads round trips and keeps the order', async () => {
    const echo = await echoServer();
    const link = await linkTo(echo.port, { shape: { delayMs: 5, jitterMs: 40 } });
    const socket = await connected(link.port);
    const trips: number[] = [];
    for (let count = 0; count < 12; count += 1) trips.push(await roundTripMs(socket));
    expect(Math.max(...trips) - Math.min(...trips)).toBeGreaterThan(10);
    expect(Math.min(...trips)).toBeGreaterThan(9);

    const echoed: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => echoed.push(chunk));
    for (let at = 0; at < 100_000; at += 1_000) socket.write(PATTERN.subarray(at, at + 1_000));
    await until(() => echoed.reduce((sum, chunk) => sum + chunk.byteLength, 0) === 100_000);
    expect(Buffer.concat(echoed).equals(PATTERN.subarray(0, 100_000))).toBe(true);
  });

  test('a server can be made to think about some requests', async () => {
    const port = await httpServer((_, response) => void response.end('here'));
    const link = await linkTo(port, { thinkingMs: ({ path }) => (path === '/slow' ? 150 : 0) });
    const taken = async (path: string): Promise<number> => {
      const startedMs = performance.now();
      await body(link.port, path);
      return performance.now() - startedMs;
    };
    expect(await taken('/slow')).toBeGreaterThan(145);
    await taken('/fast');
    expect(link.requests().map(({ path }) => path)).toEqual(['/slow', '/fast']);
  });
});

describe('a cut', () => {
  test('moves nothing, and then everything arrives', async () => {
    // More than comes while the machine stands still for some seconds.
    const sent = Buffer.concat(Array.from({ length: 6 }, () => PATTERN));
    const port = await httpServer((_, response) => void response.end(sent));
    const link = await linkTo(port, { shape: { downBytesPerSecond: 300_000, delayMs: 20 } });
    const whole = body(link.port);
    await until(() => (link.connections()[0]?.downBytes ?? 0) > 50_000);
    link.cut('silent');
    const before = link.connections()[0]?.downBytes;
    const second = body(link.port);
    await until(() => link.connections().length === 2);
    // Long enough for 150,000 bytes.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(link.connections().map(({ downBytes }) => downBytes)).toEqual([before, 0]);
    link.restore();
    await until(() => {
      const [first, other] = link.connections().map(({ downBytes }) => downBytes);
      return (first ?? 0) > (before ?? 0) && (other ?? 0) > 0;
    });
    // It goes on as slowly as before: the rest need not be waited for.
    link.setShape({ downBytesPerSecond: Number.POSITIVE_INFINITY });
    expect((await whole).equals(sent)).toBe(true);
    expect((await second).equals(sent)).toBe(true);
  });

  test('by reset breaks what is open and refuses what is new, until it is over', async () => {
    const echo = await echoServer();
    const link = await linkTo(echo.port);
    const socket = await connected(link.port);
    await roundTripMs(socket);
    const broken = closed(socket);
    link.cut('reset');
    await broken;
    await expect(fetch(link.url)).rejects.toThrow('fetch failed');
    await until(() => echo.open.size === 0);
    link.restore();
    expect(await roundTripMs(await connected(link.port))).toBeGreaterThan(0);
  });
});

test('requests are counted with their ranges, over connections that stay', async () => {
  const port = await httpServer((request, response) => {
    response.end(request.url === '/objects/a' ? PATTERN : 'ok');
  });
  const link = await linkTo(port);
  await (await fetch(`${link.url}/v1/home`)).text();
  await (await fetch(`${link.url}/objects/a`, { headers: { range: 'bytes=5-' } })).arrayBuffer();
  const seen = link.requests();
  expect(seen.map(({ method, path, range }) => [method, path, range])).toEqual([
    ['GET', '/v1/home', null],
    ['GET', '/objects/a', 'bytes=5-'],
  ]);
  expect(seen[0]?.answeredBytes).toBeLessThan(1_000);
  expect(seen[1]?.answeredBytes).toBeGreaterThanOrEqual(PATTERN.byteLength);
});

describe('ends', () => {
  test('when a client goes away in the middle, its server is told', async () => {
    const echo = await echoServer();
    const link = await linkTo(echo.port, { shape: { downBytesPerSecond: 20_000 } });
    const socket = await connected(link.port);
    socket.write(PATTERN.subarray(0, 50_000));
    await until(() => (link.connections()[0]?.downBytes ?? 0) > 2_000);
    socket.destroy();
    await until(() => link.connections().every(({ isOpen }) => !isOpen));
    await until(() => echo.open.size === 0);
    expect(link.connections()).toHaveLength(1);
  });

  test('a half that is closed still hears the other to its end', async () => {
    const echo = await echoServer();
    const link = await linkTo(echo.port, { shape: { delayMs: 10 } });
    const socket = await connected(link.port);
    const echoed: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => echoed.push(chunk));
    socket.end(PATTERN.subarray(0, 30_000));
    await once(socket, 'end');
    expect(Buffer.concat(echoed).byteLength).toBe(30_000);
  });

  test('a reader that takes nothing holds the sender back instead of filling memory', async () => {
    let accepted = 0;
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      const chunk = Buffer.alloc(256 * 1024);
      const send = (): void => {
        while (socket.write(chunk)) accepted += chunk.byteLength;
        accepted += chunk.byteLength;
      };
      socket.on('drain', send);
      send();
    });
    const port = await listening(server);
    closers.push(async () => void server.close());
    const link = await linkTo(port);
    const socket = await connected(link.port);
    socket.pause();
    let last = -1;
    let stands = 0;
    // Nothing moves any more: every buffer on the way is full.
    await until(() => {
      stands = accepted === last ? stands + 1 : 0;
      last = accepted;
      return stands > 40;
    });
    expect(accepted).toBeGreaterThan(1024 * 1024);
    expect(accepted).toBeLessThan(64 * 1024 * 1024);
  });

  test('closing the link ends every connection and leaves nothing open', async () => {
    const echo = await echoServer();
    const link = await startShapedLink({ targetPort: echo.port, shape: { delayMs: 20 } });
    const sockets = await Promise.all([1, 2, 3].map(() => connected(link.port)));
    const ends = sockets.map(closed);
    sockets[0]?.write(PATTERN);
    await link.close();
    await Promise.all(ends);
    await until(() => echo.open.size === 0);
    await expect(fetch(link.url)).rejects.toThrow('fetch failed');
  });

  test('a server that is not there is told by a reset', async () => {
    const echo = await echoServer();
    const link = await startShapedLink();
    closers.push(() => link.close());
    await expect(fetch(link.url)).rejects.toThrow('fetch failed');
    link.leadTo(echo.port);
    expect(await roundTripMs(await connected(link.port))).toBeGreaterThan(0);
  });
});
