import { createServer } from 'node:net';

/** The same address at every start lets a tab that was left open find the app again. */
const USUAL_PORT = 4621;

/** A port that was asked for is taken as it is; else the usual one, or 0 (any) when something else listens there. */
export function choosePort(asked: number | null): Promise<number> {
  if (asked !== null) return Promise.resolve(asked);
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => settle(0));
    probe.listen({ port: USUAL_PORT, host: '127.0.0.1', exclusive: true }, () =>
      probe.close(() => settle(USUAL_PORT)),
    );
  });
}
