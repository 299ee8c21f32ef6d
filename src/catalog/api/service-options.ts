/** What a service is started with. */
import { hash } from 'node:crypto';
import type { AdPolicy } from '../../core/entitlement/entitlement.ts';
import type { IndexFacts } from '../index/database.ts';
import type { SharingChoices } from '../share/service-sharing.ts';
import type { StoreLocation } from '../store/open-store.ts';
import { isLoopbackHost } from './access/loopback.ts';
import { DEFAULT_RATE_LIMITS, type RateLimits } from './access/rate-limits.ts';
import type { SignInMode } from './access/sign-in.ts';
import type { ServicePicture } from './routes.ts';
import type { ServiceLogging } from './server.ts';

export interface ServiceOptions {
  /** Where the catalog is. A folder's signed addresses are answered by this service. */
  readonly store: Omit<StoreLocation, 'signing'>;
  /** Where the index file lives; it can always be thrown away. */
  readonly indexFolder: string;
  /** The installation's name, for people. */
  readonly name: string;
  /** Where clients reach the service, when that is not host and port. */
  readonly publicUrl?: string;
  readonly logger: ServiceLogging;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Who may listen. Without it everybody who reaches the service. */
  readonly signIn?: SignInChoices;
  /** Where a free listener becomes a premium one. */
  readonly upgradeUrl?: string;
  /** Public pages of what the catalog has; without it there are some, without previews. */
  readonly sharing?: SharingChoices;
  /** By which listeners know the installation: PNG, JPEG or WebP, at most 256 kB. */
  readonly picture?: Pick<ServicePicture, 'bytes' | 'contentType'>;
  /** How many proxies stand before it: the last so many entries of X-Forwarded-For are believed. */
  readonly proxies?: number;
  /** Null for none. By default there are limits unless only this machine reaches the service and nobody signs in. */
  readonly limits?: RateLimits | null;
  readonly followIntervalMs?: number;
  /** How often it looks for what other replicas wrote to libraries; 800 ms. */
  readonly libraryFollowIntervalMs?: number;
  readonly compactAfterRows?: (facts: IndexFacts) => number;
}

export interface SignInChoices {
  readonly mode: SignInMode;
  /** How often free listeners hear ads. */
  readonly ads?: AdPolicy;
  /** By how much the issuer's clock may differ from ours; 60 s. */
  readonly clockToleranceSeconds?: number;
  readonly nowMs?: () => number;
  /** Between two times that an unknown key makes us ask an issuer elsewhere for its keys; 30 s. */
  readonly keyCooldownMs?: number;
}

/** Where a service listens, and where it is reached. */
export type Reach = Pick<ServiceOptions, 'host' | 'publicUrl'>;

/** Whether a service is for this machine alone, by where it listens and where it is reached. */
export const isForThisMachineAlone = ({ host, publicUrl }: Reach): boolean =>
  isLoopbackHost(host) && (publicUrl === undefined || isLoopbackHost(URL.parse(publicUrl)?.hostname ?? ''));

/** One listener on one machine is no crowd; so are benches and tests. */
export const rateLimitsOf = (options: ServiceOptions): RateLimits | null => {
  if (options.limits !== undefined) return options.limits;
  const isOpen = (options.signIn?.mode.kind ?? 'none') === 'none';
  return isOpen && isForThisMachineAlone(options) ? null : DEFAULT_RATE_LIMITS;
};

export const servicePicture = ({
  bytes,
  contentType,
}: Pick<ServicePicture, 'bytes' | 'contentType'>): ServicePicture => ({
  bytes,
  contentType,
  etag: `"${hash('sha256', bytes).slice(0, 32)}"`,
});
