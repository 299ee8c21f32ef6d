/** Stands between app and service, counts, and misbehaves as told: what a bad network does to a sign-in. */
import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Between {
  readonly url: string;
  /** To where everything is passed on; the service is started with this as its public address. */
  leadTo(serviceUrl: string): void;
  /** Method and path without query of all requests so far. */
  readonly requests: readonly string[];
  count(line: string): number;
  /** The next request that begins so is carried out, and its answer lost. */
  loseAnswerOf(line: string): void;
  /** Requests whose path begins so are hung up on, until `true` again. */
  setReachable(pathPrefix: string, isReachable: boolean): void;
  close(): Promise<void>;
}

export async function startBetween(): Promise<Between> {
  const requests: string[] = [];
  const losing: string[] = [];
  const silent = new Set<string>();
  let target = '';

  const pass = (from: IncomingMessage, to: ServerResponse, isLost: boolean): void => {
    const { hostname, port } = new URL(target);
    const onward = send(
      { hostname, port, method: from.method, path: from.url, headers: from.headers, setHost: false },
      (answer) => {
        if (isLost) {
          answer.resume().on('end', () => from.socket.destroy());
          return;
        }
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  };

  const server = createServer((from, to) => {
    const [path = ''] = from.url?.split('?') ?? [];
    const line = `${from.method} ${path}`;
    requests.push(line);
    if ([...silent].some((prefix) => path.startsWith(prefix))) {
      from.socket.destroy();
      return;
    }
    const lost = losing.findIndex((start) => line.startsWith(start));
    if (lost >= 0) losing.splice(lost, 1);
    pass(from, to, lost >= 0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(serviceUrl) {
      target = serviceUrl;
    },
    requests,
    count: (line) => requests.filter((each) => each === line).length,
    loseAnswerOf: (line) => losing.push(line),
    setReachable(pathPrefix, isReachable) {
      if (isReachable) silent.delete(pathPrefix);
      else silent.add(pathPrefix);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
