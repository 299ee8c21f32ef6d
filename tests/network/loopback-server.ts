/** Real servers on loopback that say what reached them. */
import { createServer as createPlainServer, type Server as PlainServer } from 'node:http';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { onTestFinished } from 'vitest';
import { createFetch, type OutgoingHttp } from '../../src/main/network/edge-fetch.ts';
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from './loopback-certificate.ts';

interface Loopback {
  readonly url: (path: string) => string;
  /** Every connection that was ever made. */
  readonly sockets: readonly Socket[];
}
export interface SecureLoopback extends Loopback {
  readonly server: Http2SecureServer;
  readonly sessions: readonly ServerHttp2Session[];
}
export interface PlainLoopback extends Loopback {
  readonly server: PlainServer;
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

const keepSockets = (server: Server, event: string): readonly Socket[] => {
  const sockets: Socket[] = [];
  server.on(event, (socket: Socket) => sockets.push(socket));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });
  return sockets;
};

/** HTTP/2 over TLS; HTTP/1.1 for who cannot. */
export const secureServer = async (): Promise<SecureLoopback> => {
  const server = createSecureServer({
    key: LOOPBACK_KEY,
    cert: LOOPBACK_CERTIFICATE,
    allowHTTP1: true,
    // Answers that nobody reads yet wait in it; Node's 10 MB is for servers on the open internet.
    maxSessionMemory: 1_000,
  });
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session) => {
    session.on('error', () => undefined);
    sessions.push(session);
  });
  server.on('stream', (stream) => stream.on('error', () => undefined));
  const sockets = keepSockets(server, 'secureConnection');
  const port = await listen(server);
  return { server, sessions, sockets, url: (path) => `https://localhost:${port}${path}` };
};

export const plainServer = async (): Promise<PlainLoopback> => {
  const server = createPlainServer();
  const sockets = keepSockets(server, 'connection');
  const port = await listen(server);
  return { server, sockets, url: (path) => `http://127.0.0.1:${port}${path}` };
};

/** A way to a server that can fall dead: nothing passes any more over the connections there are, and neither side is told. */
export const deadlyWay = async (server: SecureLoopback): Promise<{ readonly url: string; die(): void }> => {
  const target = Number(new URL(server.url('/')).port);
  const pairs: (readonly [Socket, Socket])[] = [];
  const way = createTcpServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far);
    far.pipe(near);
    pairs.push([near, far]);
  });
  keepSockets(way, 'connection');
  const port = await listen(way);
  return {
    url: `https://localhost:${port}/`,
    die() {
      for (const [near, far] of pairs) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    },
  };
};

/** What goes out in a test, trusting the loopback certificate; ended with the test. */
export const outgoing = (options: Parameters<typeof createFetch>[0] = {}): OutgoingHttp => {
  const http = createFetch({ certificateAuthority: LOOPBACK_CERTIFICATE, ...options });
  onTestFinished(() => http.close());
  return http;
};

/** Polls until it holds; a test that waits for what never comes says for what. */
export const until = async (what: string, holds: () => boolean, withinMs = 10_000): Promise<void> => {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`did not happen in ${withinMs} ms: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
};
