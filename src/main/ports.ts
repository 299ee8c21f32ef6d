/** What the host is given from outside. Shells fill these in; tests give their own. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AppInfo } from '../contract/host-api.ts';
import type { ProxySettings } from '../contract/settings.ts';
import type { SystemAbilities } from '../contract/system.ts';
import type { CrashReports } from './reports/crash-reports.ts';
import type { ScrobbleAddresses } from './scrobbling/scrobbling.ts';
import type { UpdatePorts } from './update/update-ports.ts';

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

/**
 * Small secrets (keys, tokens) in the system's key store, by name. `persistence` says what became of that wish: `memory` is
 * gone when the app quits. Every call rejects when the store cannot be asked now, which is not the same as "there is none".
 */
export interface SecretStore {
  readonly persistence: 'system' | 'file' | 'memory';
  /** Null when there is none of this name. */
  read(name: string): Promise<string | null>;
  /** On disk when it resolves. */
  write(name: string, value: string): Promise<void>;
  /** Gone from the disk when it resolves. */
  remove(name: string): Promise<void>;
}

/** `password`: null where there is none, or where the key store does not answer. */
export type ProxyConfiguration = ProxySettings & { readonly password: string | null };

export interface HostPorts {
  /** The service the app was started with, without the `/v1`; null: the listener names one. */
  readonly serviceUrl: string | null;
  /** Settings, queue, history: small, precious. */
  readonly dataFolder: string;
  /** Audio and artwork: large, may be deleted at any time. */
  readonly cacheFolder: string;
  readonly app: Pick<AppInfo, 'version' | 'platform' | 'locale' | 'shell'>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Hands an address that was already allowed to the system's browser or mail program. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Hands the address of a sign-in to the system's browser; null where the window is in that browser already. */
  readonly openBrowser: ((url: string) => Promise<void>) | null;
  /** Whether the machine has any network at all. */
  readonly isOnline: () => boolean;
  readonly secrets: SecretStore;
  /** Whether the network is paid by use; null when the system does not say. */
  readonly isMetered: () => Promise<boolean | null>;
  /** The system's own dialog; null when cancelled. Absent where there is none. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** What the shell can do beyond showing a window; absent: nothing. */
  readonly abilities?: SystemAbilities;
  /** How to reach the network, before anything is asked of it and whenever that changes. */
  readonly useProxy?: (proxy: ProxyConfiguration) => void;
  /** Where this app comes from and how it is replaced; absent: it is not kept up to date by itself. */
  readonly updates?: UpdatePorts;
  /** Shows a folder in the system's file manager. */
  readonly openFolder: (folder: string) => Promise<void>;
  readonly crashes: CrashReports;
  readonly log: Log;
  /** Where plays are told; absent: where everybody's are. */
  readonly scrobbleAddresses?: ScrobbleAddresses;
  /** Replaces the setting, for tests. */
  readonly audioLimitBytes?: number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
};
