/** What the host is given from outside. Shells fill these in; tests give their own. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AppInfo } from '../contract/host-api.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds; rejects with an `AbortError` as soon as the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export type LogFields = Readonly<Record<string, unknown>>;
/** One line for each thing worth knowing. Never given a token, a key or a signed address. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface HostPorts {
  /** Where the catalog service answers, without the `/v1`. */
  readonly serviceUrl: string;
  /** Settings, queue, history: small, precious. */
  readonly dataFolder: string;
  /** Audio and artwork: large, may be deleted at any time. */
  readonly cacheFolder: string;
  readonly app: Pick<AppInfo, 'version' | 'platform' | 'locale' | 'shell'>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Hands an address that was already allowed to the system's browser or mail program. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Whether the machine has any network at all. */
  readonly isOnline: () => boolean;
  readonly log: Log;
  /** How much audio is kept at most. */
  readonly audioLimitBytes?: number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
};
