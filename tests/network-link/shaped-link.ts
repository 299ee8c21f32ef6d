/**
 * A network link on loopback between a client and one server: rate, delay, jitter, cuts, and a count of what is asked for.
 * TCP goes through byte by byte; of plain HTTP/1.1 the requests are noted.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createLinkDirection, type Flow } from './link-direction.ts';
import { createRequestReader, type RequestHead } from './request-reader.ts';

export interface LinkShape {
  /** From the server to the client. Infinity: as fast as the machine goes. */
  readonly downBytesPerSecond: number;
  readonly upBytesPerSecond: number;
  /** Each way: the round trip takes twice as long. */
  readonly delayMs: number;
  /** Each segment takes up to so much longer, each way; order within a connection is kept. */
  readonly jitterMs: number;
  /** Before the first byte of a new connection is sent: one round trip for TCP, another for TLS. */
  readonly connectMs: number;
}

/** Loopback as it is. */
export const PLAIN_LINK: LinkShape = {
  downBytesPerSecond: Number.POSITIVE_INFINITY,
  upBytesPerSecond: Number.POSITIVE_INFINITY,
  delayMs: 0,
  jitterMs: 0,
  connectMs: 0,
};

export interface LinkRequest extends RequestHead {
  /** Numbers connections from 1. */
  readonly connection: number;
  /** When the client sent it, by `Date.now()`. */
  readonly sentAt: number;
  /** What has arrived at the client since, heads included. */
  readonly answeredBytes: number;
}

export interface LinkConnection {
  readonly connection: number;
  readonly isOpen: boolean;
  /** Arrived at the server, and at the client. */
  readonly upBytes: number;
  readonly downBytes: number;
}

export interface ShapedLink {
  readonly port: number;
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Where new connections lead; until then they are reset. */
  leadTo(targetPort: number): void;
  /** Holds from now on, for open connections too. */
  setShape(change: Partial<LinkShape>): void;
  /**
   * `silent`: nothing arrives either way, connections stay and new ones hear nothing, as in a tunnel. `reset`: connections
   * break and new ones are reset, as when an interface goes down.
   */
  cut(kind: 'silent' | 'reset'): void;
  restore(): void;
  /** Oldest first, over all connections. */
  requests(): readonly LinkRequest[];
  connections(): readonly LinkConnection[];
  /** Ends every connection; nothing stays open. */
  close(): Promise<void>;
}

export interface ShapedLinkOptions {
  readonly shape?: Partial<LinkShape>;
  readonly targetPort?: number;
  /** How long the server seems to think before it answers this, on top of the delay. */
  readonly thinkingMs?: (request: RequestHead) => number;
  /** Of the jitter: the same seed gives the same delays. */
  readonly seed?: number;
}

/** Mulberry32 (Tommy Ettinger, public domain): small, and the same everywhere. */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Counted<Record> = { -readonly [Key in keyof Record]: Record[Key] };

/** A link that listens on a free port of 127.0.0.1. */
export const startShapedLink = async (options: ShapedLinkOptions = {}): Promise<ShapedLink> => {
  const { thinkingMs = () => 0, seed = 1 } = options;
  let shape: LinkShape = { ...PLAIN_LINK, ...options.shape };
  let targetPort = options.targetPort ?? null;
  let isResetting = false;
  const random = createRandom(seed);
  const upShape = () => ({ ...shape, bytesPerSecond: shape.upBytesPerSecond });
  const downShape = () => ({ ...shape, bytesPerSecond: shape.downBytesPerSecond });
  const up = createLinkDirection(upShape(), random);
  const down = createLinkDirection(downShape(), random);
  const requests: Counted<LinkRequest>[] = [];
  const connections: Counted<LinkConnection>[] = [];
  const breakers = new Set<() => void>();

  /** Lets what arrives at `sink` come out of a flow, and holds `source` back while the flow is full. */
  const endsFor = (source: Socket, sink: Socket, count: (bytes: number) => void) => ({
    deliver(chunk: Uint8Array) {
      count(chunk.byteLength);
      return sink.write(chunk);
    },
    ended: () => void sink.end(),
    holdBack: (isFull: boolean) => void (isFull ? source.pause() : source.resume()),
  });

  const feed = (source: Socket, sink: Socket, flow: Flow, extraMs: (chunk: Buffer) => number): void => {
    source.on('data', (chunk: Buffer) => flow.push(chunk, extraMs(chunk)));
    source.on('end', () => flow.end());
    sink.on('drain', () => flow.drained());
  };

  const carry = (client: Socket, target: number): void => {
    const server = connect({ host: '127.0.0.1', port: target, allowHalfOpen: true, noDelay: true });
    const record: Counted<LinkConnection> = {
      connection: connections.length + 1,
      isOpen: true,
      upBytes: 0,
      downBytes: 0,
    };
    connections.push(record);
    let latest: Counted<LinkRequest> | null = null;
    const upward = up.open(
      endsFor(client, server, (bytes) => (record.upBytes += bytes)),
      performance.now() + shape.connectMs,
    );
    const downward = down.open(
      endsFor(server, client, (bytes) => {
        record.downBytes += bytes;
        if (latest !== null) latest.answeredBytes += bytes;
      }),
      0,
    );

    const reader = createRequestReader();
    feed(client, server, upward, (chunk) => {
      let extraMs = 0;
      for (const head of reader.read(chunk)) {
        latest = { ...head, connection: record.connection, sentAt: Date.now(), answeredBytes: 0 };
        requests.push(latest);
        extraMs += thinkingMs(head);
      }
      return extraMs;
    });
    feed(server, client, downward, () => 0);

    const breakOff = (): void => {
      if (!record.isOpen) return;
      record.isOpen = false;
      breakers.delete(breakOff);
      upward.close();
      downward.close();
      for (const socket of [client, server]) {
        // A socket that is still connecting cannot be reset.
        if (socket.connecting) socket.destroy();
        else socket.resetAndDestroy();
      }
    };
    breakers.add(breakOff);
    for (const socket of [client, server]) {
      // What broke one side breaks the other; why is for the two ends to say.
      socket.on('error', breakOff);
      socket.on('close', () => {
        if (client.destroyed && server.destroyed) breakOff();
      });
    }
  };

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (targetPort === null || isResetting) client.resetAndDestroy();
    else carry(client, targetPort);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  const breakAll = (): void => {
    for (const breakOff of breakers) breakOff();
  };
  const setCut = (isCut: boolean): void => {
    up.setCut(isCut);
    down.setCut(isCut);
  };

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    leadTo: (next) => void (targetPort = next),
    setShape(change) {
      shape = { ...shape, ...change };
      up.setShape(upShape());
      down.setShape(downShape());
    },
    cut(kind) {
      isResetting = kind === 'reset';
      if (isResetting) breakAll();
      setCut(true);
    },
    restore() {
      isResetting = false;
      setCut(false);
    },
    requests: () => requests.map((request) => ({ ...request })),
    connections: () => connections.map((connection) => ({ ...connection })),
    async close() {
      breakAll();
      up.close();
      down.close();
      await once(listener.close(), 'close');
    },
  };
};
