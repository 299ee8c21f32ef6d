/** Stands between a client and an S3 server and misbehaves as told. The `Host` header goes through, for it is signed. */
import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  /** The server does the work; its answer is lost. */
  | { readonly kind: 'lose_answer' }
  /** The connection breaks after some bytes of the answer's body. */
  | { readonly kind: 'cut_body'; readonly afterBytes: number }
  /** As S3 says it when another conditional write is under way. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unavailable' };

export interface FaultyProxy {
  readonly endpoint: string;
  /** Faults for the next requests of a method, one each. */
  misbehave(method: string, faults: readonly Fault[]): void;
  /** Method and path of all requests so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export const startFaultyProxy = async (target: string): Promise<FaultyProxy> => {
  const requests: string[] = [];
  const pending = new Map<string, Fault[]>();

  const pass = (from: IncomingMessage, to: ServerResponse, fault: Fault | undefined): void => {
    const { hostname, port } = new URL(target);
    const onward = send(
      { hostname, port, method: from.method, path: from.url, headers: from.headers, setHost: false },
      (answer) => {
        if (fault?.kind === 'lose_answer') {
          answer.resume().on('end', () => from.socket.destroy());
          return;
        }
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        if (fault?.kind !== 'cut_body') {
          answer.pipe(to);
          return;
        }
        let left = fault.afterBytes;
        answer.on('data', (chunk: Buffer) => {
          if (left <= 0) return;
          to.write(chunk.subarray(0, left));
          left -= chunk.length;
          if (left <= 0) from.socket.destroySoon();
        });
      },
    );
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  };

  const server = createServer((from, to) => {
    requests.push(`${from.method} ${from.url}`);
    const fault = pending.get(from.method ?? '')?.shift();
    if (fault?.kind === 'conflict' || fault?.kind === 'unavailable') {
      const [status, code] =
        fault.kind === 'conflict' ? [409, 'ConditionalRequestConflict'] : [503, 'ServiceUnavailable'];
      from.resume().on('end', () => {
        to.writeHead(status, { 'content-type': 'application/xml' });
        to.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>as told</Message></Error>`);
      });
      return;
    }
    pass(from, to, fault);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    misbehave: (method, faults) => void pending.set(method, [...faults]),
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
};
