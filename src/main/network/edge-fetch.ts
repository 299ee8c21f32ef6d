import { Agent, Client, Pool, fetch as undiciFetch } from 'undici';

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
  init: Omit<RequestInit, 'dispatcher'> & { readonly dispatcher: Agent },
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
  } = {},
): OutgoingHttp => {
  const { certificateAuthority, silenceMs = SILENCE_MS } = options;
  const createAgent = (): Agent =>
    new Agent({
      allowH2: true,
      factory: (origin, poolOptions) => new Pool(origin, { ...poolOptions, factory: createClient }),
      connections: CONNECTIONS_AN_ORIGIN,
      connectTimeout: CONNECT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS,
      headersTimeout: Math.min(ANSWER_MS, silenceMs),
      bodyTimeout: silenceMs,
      ...(certificateAuthority === undefined ? {} : { connect: { ca: certificateAuthority } }),
    });

  let agent = createAgent();
  /** Until their last connection is gone, which the keep-alive sees to. */
  const retired = new Set<Agent>();

  const renew = (): void => {
    // Not closed: an agent that was (undici 8.13.1) can no longer be made to end what still runs.
    for (const old of retired) if (Object.keys(old.stats).length === 0) retired.delete(old);
    retired.add(agent);
    agent = createAgent();
  };

  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (input instanceof Request) throw new TypeError('an address is wanted, not a Request');
    return fetchThrough(input, { ...init, dispatcher: agent });
  };

  const close = async (): Promise<void> => {
    await Promise.all([agent, ...retired].map((each) => each.destroy()));
  };
  return { fetch, renew, close };
};
