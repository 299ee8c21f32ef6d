import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Log } from '../ports.ts';
import { callbackPage } from './callback-page.ts';
import type { CallbackOutcome } from './callback-texts.ts';
import { SignInFailed } from './sign-in-failed.ts';

/** Where the browser comes back to, for one sign-in. */
export interface CallbackServer {
  readonly redirectUri: string;
  /** The first answer that carries the right `state`. */
  readonly callback: Promise<URL>;
  /** Listens on until what became of the sign-in is known and has been told, and a little longer for those who reload the page. */
  closeWhenOver(): void;
}

const HOST = '127.0.0.1';
const LINGER_MS = 10_000;

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

const isSame = (given: string, wanted: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
};

/**
 * A server on this machine's loopback address that takes one answer of the issuer (RFC 8252, section 7.3). The page it shows
 * then waits for what becomes of the sign-in, and says it.
 *
 * An answer with a wrong `state` is shown an error and otherwise ignored: every program and every web page on this computer can
 * send one here, and must not be able to end somebody's sign-in with it. The sign-in that is meant ends when its own answer comes, or in
 * time. Only an answer with the right `state`, which nobody but browser and issuer have seen, ends it, be it an error.
 *
 * Rejects with `no_port`.
 */
export const startCallbackServer = async (options: {
  readonly state: string;
  /** With any free port where it has none, or the port 0. Tried in turn. */
  readonly redirectUris: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly whenOver: Promise<CallbackOutcome>;
  /** The app closes: nobody is waited for any more. */
  readonly closing: AbortSignal;
}): Promise<CallbackServer> => {
  const { state, redirectUris, clock, log, whenOver, closing } = options;
  const arrived = Promise.withResolvers<URL>();
  let hasArrived = false;
  let redirect: URL | null = null;

  const show = (request: IncomingMessage, response: ServerResponse, outcome: CallbackOutcome): void => {
    const { status, headers, html } = callbackPage(outcome, request.headers['accept-language'] ?? '');
    response.writeHead(status, headers);
    response.end(html);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = redirect === null ? null : URL.parse(request.url ?? '', redirect.origin);
    // Another name that leads here is somebody's attempt to be taken for this server (DNS rebinding).
    if (request.headers.host !== redirect?.host || url?.origin !== redirect?.origin) {
      response.writeHead(421).end();
      return;
    }
    if (request.method !== 'GET' || url === null || url.pathname !== redirect?.pathname) {
      response.writeHead(404).end();
      return;
    }
    const states = url.searchParams.getAll('state');
    if (states.length !== 1 || !isSame(states[0] ?? '', state)) {
      log.warn('an answer that belongs to no sign-in was not heard');
      show(request, response, 'not_ours');
      return;
    }
    if (hasArrived) {
      show(request, response, 'already_used');
      return;
    }
    hasArrived = true;
    arrived.resolve(url);
    show(request, response, await whenOver);
  };

  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 32_768 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error('an answer of the issuer could not be heard', { error });
      response.destroy();
    });
  });

  for (const candidate of redirectUris) {
    const wanted = new URL(candidate);
    try {
      wanted.port = String(await listen(server, Number(wanted.port)));
      redirect = wanted;
      break;
    } catch {
      // Taken by somebody else: the next one.
    }
  }
  if (redirect === null) throw new SignInFailed('no_port', 'no port could be listened at');
  server.on('error', (error) => log.warn('the way back from the browser is disturbed', { error }));

  const close = async (): Promise<void> => {
    await whenOver;
    // It must not keep a process alive that has nothing else to do.
    server.unref();
    // Whoever reloads the page is told what became of it.
    if (hasArrived) await clock.wait(LINGER_MS, closing).catch(() => undefined);
    server.close();
  };

  return {
    redirectUri: redirect.href,
    callback: arrived.promise,
    closeWhenOver() {
      void close();
    },
  };
};
