import { Agent, Client, Pool, fetch as undiciFetch, type Dispatcher } from 'undici';
import { createProxyAgent } from './proxy-agent.ts';
import type { ProxyRoute } from './proxy-rules.ts';
import type { Way } from './way.ts';

export interface OutgoingHttp {
  /** As the platform's own; takes an address, not a `Request`. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Uses no connection that there is for what comes next; what runs goes on. For a machine that has slept: its connections look
   * alive, and nobody is at the other end.
   */
  renew(): void;
  /** Ends every connection; what is still running is rejected. */
  close(): Promise<void>;
}

/** Node's fetch is this one, some versions back: what it takes and gives is the same, only the declarations have moved on. */
const fetchThrough = undiciFetch as unknown as (
  address: string | URL,
  init: Omit<RequestInit, 'dispatcher'> & { readonly dispatcher: Dispatcher },
) => Promise<Response>;

/** Where the edge has no HTTP/2: what browsers allow themselves. */
const CONNECTIONS_AN_ORIGIN = 6;
const CONNECT_MS = 5_000;
/** Long enough to click on, short enough for an edge that hangs up on the idle without saying when. */
const KEEP_ALIVE_MS = 30_000;
const LONGEST_KEEP_ALIVE_MS = 60_000;
/** As many as HTTP/2 may have at a time. */
const REQUESTS_WHILE_RECONNECTING = 100;
/**
 * Below the time limit of the catalog's requests: only when the agent itself gives up on an answer does it look whether anybody
 * is at the other end, and sends what comes next over another connection meanwhile.
 */
const ANSWER_MS = 9_000;
/** The last resort for callers that have no limit of their own. A reader that takes its time does not count as silence. */
const SILENCE_MS = 30_000;

/**
 * A client whose HTTP/2 connection was told to go makes a new one only when the last answer over the old one has ended, be it
 * an hour of music, unless more than one request at a time is allowed (undici 8.13.1). So it is allowed until the new one
 * stands; what HTTP/2 may do at a time is another number, and HTTP/1.1 is back to one before it sends anything.
 */
const createClient = (origin: URL, options: object): Client => {
  const client = new Client(origin, options);
  client.on('disconnect', () => {
    client.pipelining = REQUESTS_WHILE_RECONNECTING;
  });
  client.on('connect', () => {
    client.pipelining = 1;
  });
  return client;
};

/**
 * HTTP for everything that goes out: a few warm connections an origin, HTTP/2 where the edge offers it, no cookies. What fails
 * rejects as the platform's fetch does: a `TypeError` whose chain of causes ends in a system error code.
 */
export const createFetch = (
  options: {
    /** PEM; trusted instead of the system's authorities. */
    readonly certificateAuthority?: string;
    /** Before and between the bytes of an answer; before them 9 s at most. */
    readonly silenceMs?: number;
    /** Which way an address is reached; absent: always directly. A redirect goes the way of what led to it. */
    readonly routeOf?: (url: URL) => Promise<ProxyRoute>;
  } = {},
): OutgoingHttp => {
  const { certificateAuthority, silenceMs = SILENCE_MS, routeOf } = options;
  const limits = {
    connections: CONNECTIONS_AN_ORIGIN,
    connectTimeout: CONNECT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS,
    headersTimeout: Math.min(ANSWER_MS, silenceMs),
    bodyTimeout: silenceMs,
  };
  const tls = certificateAuthority === undefined ? {} : { ca: certificateAuthority };
  const openDirect = (): Way => {
    const agent = new Agent({
      ...limits,
      allowH2: true,
      factory: (origin, poolOptions) => new Pool(origin, { ...poolOptions, factory: createClient }),
      connect: tls,
    });
    return { dispatcher: agent, isIdle: () => Object.keys(agent.stats).length === 0 };
  };

  /** By the proxy that they lead through; '' is none. */
  const ways = new Map<string, Way>();
  /** Until their last connection is gone, which the keep-alive sees to. */
  const retired = new Set<Way>();

  const wayFor = (route: ProxyRoute): Way => {
    if (route.kind === 'refused') throw new TypeError('a proxy is to be used, and none is named');
    const key = route.kind === 'direct' ? '' : JSON.stringify([route.uri, route.credentials]);
    const way =
      ways.get(key) ?? (route.kind === 'direct' ? openDirect() : createProxyAgent(route, limits, tls));
    ways.set(key, way);
    return way;
  };

  const renew = (): void => {
    // Not closed: an agent that was (undici 8.13.1) can no longer be made to end what still runs.
    for (const old of retired) if (old.isIdle()) retired.delete(old);
    for (const way of ways.values()) retired.add(way);
    ways.clear();
  };

  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (input instanceof Request) throw new TypeError('an address is wanted, not a Request');
    const route = routeOf === undefined ? ({ kind: 'direct' } as const) : await routeOf(new URL(input));
    init?.signal?.throwIfAborted();
    return fetchThrough(input, { ...init, dispatcher: wayFor(route).dispatcher });
  };

  const close = async (): Promise<void> => {
    await Promise.all([...ways.values(), ...retired].map(({ dispatcher }) => dispatcher.destroy()));
  };
  return { fetch, renew, close };
};
