import { createServer } from 'node:net';

/**
 * The same addresses at every start: a tab that was left open finds the app again, and who signed in stays in, for the address
 * of the service is part of every sign-in.
 */
export const USUAL_PORTS = { service: 4620, app: 4621 } as const;

/** A port that was asked for is taken as it is; else the usual one, or 0 (any) when something else listens there. */
export function choosePort(asked: number | null, usual: number): Promise<number> {
  if (asked !== null) return Promise.resolve(asked);
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => settle(0));
    probe.listen({ port: usual, host: '127.0.0.1', exclusive: true }, () => probe.close(() => settle(usual)));
  });
}
