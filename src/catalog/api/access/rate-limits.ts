/**
 * How much one asker may ask. Counted in the memory of this process, in fixed windows: with three replicas behind a balancer
 * somebody gets up to three times as much, which bounds what a scraper gets and costs a person nothing. The short windows let a
 * burst through and are over before an app gives up; the long ones are far above what a person does in an hour.
 */
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../problems.ts';

export interface RateBudget {
  readonly requests: number;
  readonly windowMs: number;
}

export interface RateLimits {
  /** Of an address (of a network, with IPv6), for what anyone may ask: above all covers, of all listeners behind one router. */
  readonly address: readonly RateBudget[];
  /** Of an account. Somebody who types fast asks five times a second; a list of 100,000 rows is 500 requests. */
  readonly account: readonly RateBudget[];
  /** Of an account, for addresses of audio, beside the former. Keeping an album offline takes some dozen at once. */
  readonly media: readonly RateBudget[];
  /** Of an address: pieces of tracks, which anybody may hear where the operator allows it. */
  readonly previews: readonly RateBudget[];
  /** Of an account: crash reports, which a person sends by hand and which stay in the store. */
  readonly crashes: readonly RateBudget[];
  /** Of an account: each looks for up to a hundred recordings. 100,000 in an hour is the library of a life. */
  readonly matches: readonly RateBudget[];
  /** Of an account: what takes a service long, or stays in the store for good (whole libraries, pictures, invitations). */
  readonly heavy: readonly RateBudget[];
  /** Of an address: tokens that were not good. After that only tokens that are known already are taken from there. */
  readonly refused: readonly RateBudget[];
  /** Of an address: reports that an app sends without anybody signed in, each of which is written down. */
  readonly reports: readonly RateBudget[];
  /** Of such reports, from all addresses together: what strangers may make this process write. */
  readonly allReports: readonly RateBudget[];
}

const BURST_MS = 2000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export const DEFAULT_RATE_LIMITS: RateLimits = {
  address: [
    { requests: 500, windowMs: BURST_MS },
    { requests: 50_000, windowMs: HOUR_MS },
  ],
  account: [
    { requests: 120, windowMs: BURST_MS },
    { requests: 10_000, windowMs: HOUR_MS },
  ],
  media: [
    { requests: 40, windowMs: BURST_MS },
    { requests: 3000, windowMs: HOUR_MS },
  ],
  previews: [
    { requests: 60, windowMs: MINUTE_MS },
    { requests: 600, windowMs: HOUR_MS },
  ],
  crashes: [{ requests: 20, windowMs: HOUR_MS }],
  matches: [
    { requests: 20, windowMs: BURST_MS },
    { requests: 1000, windowMs: HOUR_MS },
  ],
  heavy: [
    { requests: 20, windowMs: MINUTE_MS },
    { requests: 200, windowMs: HOUR_MS },
  ],
  refused: [{ requests: 100, windowMs: MINUTE_MS }],
  reports: [
    { requests: 20, windowMs: MINUTE_MS },
    { requests: 100, windowMs: 24 * HOUR_MS },
  ],
  allReports: [{ requests: 50_000, windowMs: HOUR_MS }],
};

/** Each throws `too_many_requests` with Retry-After when there is nothing left. */
export interface RateLimiter {
  spendAddress(request: FastifyRequest): Promise<void>;
  /** Needs `request.asker`. */
  spendAccount(request: FastifyRequest): Promise<void>;
  spendMedia(request: FastifyRequest): Promise<void>;
  spendPreview(request: FastifyRequest): Promise<void>;
  spendReport(request: FastifyRequest): Promise<void>;
  /** Needs `request.asker`. */
  spendCrash(request: FastifyRequest): Promise<void>;
  /** Needs `request.asker`. */
  spendMatch(request: FastifyRequest): Promise<void>;
  /** Needs `request.asker`. */
  spendHeavy(request: FastifyRequest): Promise<void>;
  /** Looks without counting. */
  checkRefused(request: FastifyRequest): Promise<void>;
  /** Counts, and lets pass. */
  countRefused(request: FastifyRequest): Promise<void>;
}

/** Who is counted at once; the least recently seen are forgotten first. */
const MOST_COUNTED = 50_000;

const UNLIMITED: RateLimiter = {
  spendAddress: async () => undefined,
  spendAccount: async () => undefined,
  spendMedia: async () => undefined,
  spendPreview: async () => undefined,
  spendReport: async () => undefined,
  spendCrash: async () => undefined,
  spendMatch: async () => undefined,
  spendHeavy: async () => undefined,
  checkRefused: async () => undefined,
  countRefused: async () => undefined,
};

/** Null for no limits. `isPersonal`: whether accounts differ; if all are one, they are told apart by address. */
export const installRateLimits = async (
  server: FastifyInstance,
  limits: RateLimits | null,
  isPersonal: boolean,
): Promise<RateLimiter> => {
  if (limits === null) return UNLIMITED;
  await server.register(rateLimit, { global: false, cache: MOST_COUNTED });

  const ofAddress = (request: FastifyRequest): string => normalizeIP(request.ip);
  const ofAccount = (request: FastifyRequest): string =>
    isPersonal && request.asker !== null ? request.asker.id : ofAddress(request);

  const counterOf = (budgets: readonly RateBudget[], keyGenerator: (request: FastifyRequest) => string) => {
    const counters = budgets.map(({ requests, windowMs }) =>
      server.createRateLimit({ max: requests, timeWindow: windowMs, keyGenerator }),
    );
    /** Seconds to wait, 0 for none. `atMost` requests may have been counted. */
    const waitSeconds = async (request: FastifyRequest, increment: boolean): Promise<number> => {
      let seconds = 0;
      for (const count of counters) {
        const counted = await count(request, { increment });
        if (counted.isAllowed) continue;
        const isOver = increment ? counted.isExceeded : counted.remaining === 0;
        if (isOver) seconds = Math.max(seconds, counted.ttlInSeconds, 1);
      }
      return seconds;
    };
    const spend = async (request: FastifyRequest, increment: boolean): Promise<void> => {
      const seconds = await waitSeconds(request, increment);
      if (seconds === 0) return;
      throw new ProblemError('too_many_requests', `Ask again in ${seconds} s.`, {
        headers: { 'retry-after': String(seconds) },
      });
    };
    return { waitSeconds, spend };
  };

  const address = counterOf(limits.address, ofAddress);
  const account = counterOf(limits.account, ofAccount);
  const media = counterOf(limits.media, ofAccount);
  const previews = counterOf(limits.previews, ofAddress);
  const crashes = counterOf(limits.crashes, ofAccount);
  const matches = counterOf(limits.matches, ofAccount);
  const heavy = counterOf(limits.heavy, ofAccount);
  const refused = counterOf(limits.refused, ofAddress);
  const reports = counterOf(limits.reports, ofAddress);
  const allReports = counterOf(limits.allReports, () => 'all');
  return {
    spendAddress: (request) => address.spend(request, true),
    spendAccount: (request) => account.spend(request, true),
    spendMedia: (request) => media.spend(request, true),
    spendPreview: (request) => previews.spend(request, true),
    spendReport: async (request) => {
      await reports.spend(request, true);
      await allReports.spend(request, true);
    },
    spendCrash: (request) => crashes.spend(request, true),
    spendMatch: (request) => matches.spend(request, true),
    spendHeavy: (request) => heavy.spend(request, true),
    checkRefused: (request) => refused.spend(request, false),
    countRefused: async (request) => void (await refused.waitSeconds(request, true)),
  };
};
