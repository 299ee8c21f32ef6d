/** A catalog service small enough to be told exactly how to answer, over real HTTP. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceInfo } from '../../src/contract/catalog-http.ts';

export interface StandInAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly body?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Hangs up instead of answering. */
  readonly hangUp?: boolean;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface ServiceStandIn {
  readonly url: string;
  /** Path and query of everything asked for, oldest first. */
  readonly asked: readonly string[];
  /** The headers that came with them. */
  readonly headers: readonly Readonly<Record<string, string | string[] | undefined>>[];
  /** Answers a path this way: each of the answers once, the last of them from then on. */
  answer(path: string, ...answers: readonly StandInAnswer[]): void;
  close(): Promise<void>;
}

export const SERVICE_INFO: ServiceInfo = { name: 'Probe', version: '1.0.0', revision: 1, tracks: 1 };

export const startServiceStandIn = async (port = 0): Promise<ServiceStandIn> => {
  const answers = new Map<string, StandInAnswer[]>([['/v1/service', [{ json: SERVICE_INFO }]]]);
  const asked: string[] = [];
  const headers: Record<string, string | string[] | undefined>[] = [];

  const send = (outgoing: ServerResponse, answer: StandInAnswer): void => {
    if (answer.silent === true) return;
    if (answer.hangUp === true) {
      outgoing.destroy();
      return;
    }
    const body = answer.body ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
    outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    outgoing.end(body);
  };

  const server = createServer((incoming, outgoing) => {
    const target = incoming.url ?? '/';
    asked.push(target);
    headers.push(incoming.headers);
    const queue = answers.get(new URL(target, 'http://service').pathname) ?? [];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    send(
      outgoing,
      answer ?? {
        status: 404,
        json: { type: 'about:blank', title: 'Not found', status: 404, code: 'not_found' },
        headers: { 'content-type': 'application/problem+json' },
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    headers,
    answer: (path, ...given) => answers.set(path, [...given]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
