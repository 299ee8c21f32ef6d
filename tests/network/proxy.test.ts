/** Real proxies on loopback, and what goes through them. */
import { createServer, type IncomingMessage } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createProxyRouter } from '../../src/main/network/proxy-router.ts';
import type { ProxyCredentials, ProxyRoute } from '../../src/main/network/proxy-rules.ts';
import { outgoing, plainServer, secureServer } from './loopback-server.ts';

const listening = async (server: Server): Promise<string> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Tunnels, and passes whole addresses on; with `login` for those only who say it. */
const httpProxy = async (login?: string) => {
  const seen: string[] = [];
  const isWelcome = (request: IncomingMessage): boolean =>
    login === undefined ||
    request.headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`;
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (!isWelcome(request)) response.writeHead(407).end();
    else response.end(`through the proxy, ${request.headers['proxy-authorization'] ?? 'nobody'}`);
  });
  server.on('connect', (request, client, head: Buffer) => {
    seen.push(`CONNECT ${request.url}`);
    if (!isWelcome(request)) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
    });
    for (const socket of [client, target]) socket.on('error', () => client.destroy());
  });
  return { uri: `http://${await listening(server)}`, seen };
};

const through = (uri: string, credentials: ProxyCredentials | null = null) => {
  const route: ProxyRoute = { kind: 'proxy', uri, credentials };
  return outgoing({ routeOf: async () => route });
};
const LENA = { username: 'lena', password: 'p:ä' };

it('asks a proxy for the whole address of plain http', async () => {
  const proxy = await httpProxy();
  const { fetch } = through(proxy.uri);
  expect(await (await fetch('http://music.example/v1/home?a=b')).text()).toBe('through the proxy, nobody');
  expect(proxy.seen).toEqual(['GET http://music.example/v1/home?a=b']);
});

it('goes through a tunnel to an edge over TLS, and says who asks to the proxy alone', async () => {
  const edge = await secureServer();
  const headers: unknown[] = [];
  edge.server.on('request', (incoming, response) => {
    headers.push(incoming.headers['proxy-authorization']);
    response.end('here');
  });
  const proxy = await httpProxy('lena:p:ä');
  const { fetch } = through(proxy.uri, LENA);
  for (const path of ['/a', '/b']) expect(await (await fetch(edge.url(path))).text()).toBe('here');
  expect(headers).toEqual([undefined, undefined]);
  // Two, because a request may come in the instant before the last one's connection is free.
  expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${new URL(edge.url('/')).host}`]));
});

it('fails, and goes no way beside it, where the proxy does not know who asks', async () => {
  const edge = await secureServer();
  const plain = await plainServer();
  const proxy = await httpProxy('lena:other');
  const { fetch } = through(proxy.uri, LENA);
  await expect(fetch(edge.url('/'))).rejects.toThrow(TypeError);
  await expect(fetch(plain.url('/'))).rejects.toThrow(TypeError);
  expect([edge.sockets, plain.sockets]).toEqual([[], []]);
});

it('fails where there is no proxy, and where one is wanted and not named', async () => {
  const plain = await plainServer();
  await expect(through('http://127.0.0.1:9').fetch(plain.url('/'))).rejects.toThrow(TypeError);
  const refusing = outgoing({ routeOf: async () => ({ kind: 'refused' }) });
  await expect(refusing.fetch(plain.url('/'))).rejects.toThrow(/none is named/);
  expect(plain.sockets).toEqual([]);
});

it('goes through a SOCKS 5 proxy with a password', async () => {
  const plain = await plainServer();
  plain.server.on('request', (_incoming, response) => response.end('here'));
  const said: string[] = [];
  const server = createTcpServer((client) => {
    let step = 0;
    client.on('error', () => client.destroy());
    client.on('data', (bytes) => {
      step += 1;
      if (step === 1) client.write(Buffer.from([5, 2]));
      else if (step === 2) {
        const length = bytes[1] ?? 0;
        said.push(bytes.subarray(2, 2 + length).toString(), bytes.subarray(3 + length).toString());
        client.write(Buffer.from([1, 0]));
      } else if (step === 3) {
        const target = connect(bytes.readUInt16BE(bytes.length - 2), '127.0.0.1', () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          client.pipe(target).pipe(client);
        });
        target.on('error', () => client.destroy());
      }
    });
  });
  const { fetch } = through(`socks5://${await listening(server)}`, { username: 'lena', password: 'word' });
  expect(await (await fetch(plain.url('/'))).text()).toBe('here');
  expect(said).toEqual(['lena', 'word']);
});

it('takes the new way as soon as another is set', async () => {
  const [first, second] = [await httpProxy(), await httpProxy()];
  let renewed = 0;
  const router = createProxyRouter({
    environment: {},
    onChange: () => {
      renewed += 1;
      http.renew();
    },
  });
  const http = outgoing({ routeOf: router.routeOf });
  const manual = (server: string) =>
    ({ mode: 'manual', server, username: '', bypass: '', password: null }) as const;

  const early = http.fetch('http://music.example/early');
  router.use(manual(first.uri));
  await (await early).text();
  router.use(manual(second.uri));
  await (await http.fetch('http://music.example/late')).text();
  expect([first.seen, second.seen, renewed]).toEqual([
    ['GET http://music.example/early'],
    ['GET http://music.example/late'],
    1,
  ]);
});

it('asks the system, but not about this machine', async () => {
  const proxy = await httpProxy();
  const own = await plainServer();
  own.server.on('request', (_incoming, response) => response.end('own'));
  const asked: string[] = [];
  const router = createProxyRouter({
    environment: {},
    askSystem: async (address) => {
      asked.push(address);
      return `PROXY ${new URL(proxy.uri).host}; DIRECT`;
    },
    onChange: () => undefined,
  });
  router.use({ mode: 'system', server: '', username: '', bypass: '', password: null });
  const { fetch } = outgoing({ routeOf: router.routeOf });
  expect(await (await fetch(own.url('/'))).text()).toBe('own');
  await (await fetch('http://music.example/')).text();
  expect([asked, proxy.seen]).toEqual([['http://music.example/'], ['GET http://music.example/']]);
});
