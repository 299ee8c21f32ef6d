import type { HostApi, HostEvents } from '../contract/host-api.ts';
import type { CrashReport } from '../contract/reports-http.ts';
import type { Account } from '../contract/session.ts';
import type { Settings } from '../contract/settings.ts';
import type { AccountMedia } from './account-media.ts';
import type { HostEventSource } from './events.ts';
import type { PrivateSession } from './history/private-session.ts';
import type { HostPorts } from './ports.ts';
import type { Tokens } from './session/session-contract.ts';
import type { CacheLocation } from './storage/cache-location.ts';
import type { Turn } from './track-cache/line.ts';

/** The areas of the contract that are one account's. */
export type AccountApi = Omit<
  HostApi,
  'app' | 'session' | 'settings' | 'system' | 'update' | 'reports' | 'privacy'
>;
export type AccountEvents = Omit<HostEvents, 'session' | 'settings' | 'commands' | 'update' | 'privacy'>;

/** One account's music, queue and history, open. */
export interface AccountScope extends AccountMedia {
  readonly api: AccountApi;
  snapshot(): AccountEvents;
  /** To this account's service, because the listener chose to. */
  sendReport(report: CrashReport): Promise<void>;
  settingsChanged(settings: Settings): void;
  /** A turn on the line to the edge, behind everything that is music. Rejects with the signal's reason. */
  turnBehindMusic(signal: AbortSignal): Promise<Turn>;
  /** What the service says of the account may be another than a moment ago. */
  accountChanged(): void;
  /** Resolves when nothing is open any more. */
  close(): Promise<void>;
}

export interface AccountScopeOptions {
  readonly account: Account;
  /** As it stands now. */
  readonly accountNow: () => Account;
  readonly tokens: Tokens;
  readonly ports: HostPorts;
  readonly location: CacheLocation;
  readonly settings: () => Settings;
  readonly privacy: PrivateSession;
  readonly events: Pick<HostEventSource, 'emit'>;
  /** An answer was for this tier. */
  readonly onTier: (tier: string) => void;
  /** The service of this account answers again. */
  readonly onServiceReached: () => void;
}
