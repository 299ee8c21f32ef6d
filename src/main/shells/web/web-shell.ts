import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseDeepLink, type DeepLink } from '../../../core/links/deep-link.ts';
import type { Host } from '../../host.ts';
import type { Log } from '../../ports.ts';
import { pageHeaders } from '../../security/content-security-policy.ts';
import { answerCall } from './call-route.ts';
import { streamEvents } from './event-stream.ts';
import { createGate } from './gate.ts';
import { sendWebResponse, toWebRequest } from './node-http.ts';

export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

export interface WebShell {
  readonly origin: string;
  /** The address to open; whoever has it may use the host. */
  readonly startUrl: string;
  /** Ends every connection. The host stays with whoever made it. */
  close(): Promise<void>;
}

export interface WebShellOptions {
  readonly host: Host;
  /** Everything that is not the host's: the window's files, or a development server. */
  readonly assets: ((request: Request) => Promise<Response>) | { readonly handle: NodeHandler };
  /** 0 takes a free one. */
  readonly port: number;
  readonly token: string;
  readonly log: Log;
}

const HOST_METHOD = /^\/host\/([A-Za-z]+\.[A-Za-z]+)$/;

const sendText = (
  outgoing: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  outgoing.writeHead(status, {
    ...pageHeaders('web'),
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  });
  outgoing.end(`${text}\n`);
};

/**
 * The host for a browser on the same machine: bound to 127.0.0.1, behind a token. Rejects with Node's own error when it
 * cannot listen (`EADDRINUSE`, `EACCES`).
 */
export const createWebShell = async (options: WebShellOptions): Promise<WebShell> => {
  const { host, assets, token, log } = options;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const decide = createGate({ port, token });
  /** Opened by an address that leads to a page which is not there yet. */
  const arriving: DeepLink[] = [];

  const serve = async (
    handler: (request: Request) => Promise<Response>,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> => {
    const response = await handler(toWebRequest(incoming, outgoing, origin));
    response.headers.set('cross-origin-resource-policy', 'same-origin');
    response.headers.set('x-content-type-options', 'nosniff');
    await sendWebResponse(response, outgoing);
  };

  const route = async (url: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { pathname } = url;
    if (pathname === '/host/events' && incoming.method === 'GET') {
      streamEvents(host, incoming, outgoing);
      return;
    }
    const [, hostMethod] = HOST_METHOD.exec(pathname) ?? [];
    if (hostMethod !== undefined && incoming.method === 'POST') {
      if (hostMethod === 'system.commands') {
        for (const link of arriving.splice(0)) host.system.ask({ kind: 'open', link });
      }
      await answerCall(host.call, hostMethod, incoming, outgoing);
      return;
    }
    // In development the window's own modules come from a folder of this name.
    const isModule = typeof assets !== 'function' && incoming.method === 'GET';
    if (pathname.startsWith('/host/') && !isModule) {
      sendText(outgoing, 404, 'There is no such call.');
      return;
    }
    if (pathname === '/open' && incoming.method === 'GET') {
      const link = parseDeepLink(url.searchParams.get('link') ?? '');
      if (link === null) {
        sendText(outgoing, 400, 'This is no link of Riffle.');
        return;
      }
      // The page that is there would take it on its way out; the one that comes asks what waits.
      if (incoming.headers['sec-fetch-mode'] === 'navigate') arriving.push(link);
      else host.system.ask({ kind: 'open', link });
      sendText(outgoing, 303, 'Go on to Riffle.', { location: '/' });
      return;
    }
    if (pathname.startsWith('/tracks/') || pathname.startsWith('/ads/'))
      return serve((request) => host.serveTrack(request), incoming, outgoing);
    if (pathname.startsWith('/artwork/')) {
      return serve((request) => host.serveArtwork(request), incoming, outgoing);
    }
    if (typeof assets === 'function') return serve(assets, incoming, outgoing);
    return assets.handle(incoming, outgoing);
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const target = incoming.url ?? '/';
    if (!target.startsWith('/') || !URL.canParse(target, origin)) {
      sendText(outgoing, 400, 'This is no address of Riffle.');
      return;
    }
    const url = new URL(target, origin);
    const decision = decide({ method: incoming.method ?? 'GET', url, headers: incoming.headers });
    switch (decision.kind) {
      case 'refuse':
        incoming.resume();
        sendText(outgoing, 403, decision.sentence);
        return;
      case 'admit':
        sendText(outgoing, 303, 'Go on to Riffle.', { location: '/', 'set-cookie': decision.cookie });
        return;
      case 'pass':
        await route(url, incoming, outgoing);
    }
  };

  server.on('request', (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      log.error('request failed', { method: incoming.method, error });
      if (outgoing.headersSent) outgoing.destroy();
      else sendText(outgoing, 500, 'Riffle could not answer this.');
    });
  });

  return {
    origin,
    startUrl: `${origin}/?token=${encodeURIComponent(token)}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
};
