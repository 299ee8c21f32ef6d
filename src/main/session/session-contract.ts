import type { HostApi } from '../../contract/host-api.ts';
import type { Account, SessionSnapshot } from '../../contract/session.ts';
import type { HostPorts } from '../ports.ts';

/**
 * Access tokens of one account, for whoever asks its service. Both reject with a `HostFailure`: `sign_in_required` after the
 * issuer took the sign-in back; `offline` or `service_unreachable` while the issuer does not answer; `storage_failed` while the key
 * store does not. Both give null for a service without sign-in.
 */
export interface Tokens {
  /** One that is valid for a while yet. Renewed first when it is not: once, for all who ask. */
  access(): Promise<string | null>;
  /** The service refused this one (401): a newer one, by one renewal for all who were refused the same. */
  renewAfter(refused: string): Promise<string | null>;
}

export interface SessionOptions extends Pick<
  HostPorts,
  'dataFolder' | 'secrets' | 'fetch' | 'clock' | 'isOnline' | 'log'
> {
  /** Null: none was named; the welcome page asks for one. */
  readonly offeredServiceUrl: string | null;
  /** Hands the sign-in's address to the system's browser; null where the window does that itself. */
  readonly openBrowser: ((url: string) => Promise<void>) | null;
  readonly onChange: (snapshot: SessionSnapshot) => void;
  /**
   * Another account is the current one (null: none). The session waits for this before it says so, and never calls it twice at
   * once. Rejects when the account's music cannot be opened.
   */
  readonly use: (account: Account | null) => Promise<void>;
  /** Deletes everything of an account that is not in use, but its tokens; the key of its audio first of all. */
  readonly erase: (account: Account) => Promise<void>;
}

/** Owns who listens: accounts, tokens, the sign-in that is under way. */
export interface SessionService {
  readonly api: HostApi['session'];
  snapshot(): SessionSnapshot;
  /** Of an account that was given to `use`. */
  tokens(account: Account): Tokens;
  /** An answer of the service was for this tier; another one than is known: the service is asked who we are. */
  tierSeen(accountId: string, tier: string): void;
  /** Some service answers (again): what waited for it is tried now. */
  serviceReached(): void;
  /** Takes up the account of last time, or connects to the offered service when that wants no sign-in. */
  start(): Promise<void>;
  close(): Promise<void>;
}
