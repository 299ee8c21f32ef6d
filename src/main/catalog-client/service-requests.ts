import type { z } from 'zod';
import { HostFailure } from '../../contract/host-error.ts';
import type { Clock } from '../ports.ts';
import { createLruMap } from '../storage/lru-map.ts';
import { answerFailure, connectionFailure } from './request-failure.ts';

/** What a request told about the service itself, whatever was asked. */
export type ServiceOutcome =
  { readonly reached: true } | { readonly reached: false; readonly failure: HostFailure };

export interface ServiceRequests {
  /** Gets and validates one JSON document; rejects with a `HostFailure` only. */
  get<Value>(path: string, schema: z.ZodType<Value>): Promise<Value>;
}

export interface ServiceRequestOptions {
  readonly serviceUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  readonly onOutcome: (outcome: ServiceOutcome) => void;
  /** Aborts everything when the host closes. */
  readonly closing: AbortSignal;
  /** From asking to the last byte of the answer. */
  readonly timeoutMs?: number;
}

interface RememberedReply {
  readonly etag: string;
  readonly body: unknown;
}

const REMEMBERED_REPLIES = 200;
/** The gateway's way of saying that nobody stands behind it. */
const NOBODY_THERE = new Set([502, 503, 504]);

class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * GET requests to the catalog service. A reply with an ETag is remembered and asked for with If-None-Match the next time. A
 * connection that fails is tried once more, after 100 to 300 ms: a kept-alive connection that the other end had just closed
 * looks the same as a service that is gone.
 */
export const createServiceRequests = (options: ServiceRequestOptions): ServiceRequests => {
  const { clock, closing, onOutcome, timeoutMs = 10_000 } = options;
  const base = options.serviceUrl.replace(/\/+$/, '');
  const remembered = createLruMap<string, RememberedReply>(REMEMBERED_REPLIES);

  const askOnce = async (url: string, signal: AbortSignal) => {
    const known = remembered.get(url);
    const response = await options.fetch(url, {
      signal,
      headers: {
        accept: 'application/json',
        ...(known === undefined ? {} : { 'if-none-match': known.etag }),
      },
    });
    if (response.status === 304 && known !== undefined) {
      await response.body?.cancel();
      return { status: 200, body: known.body };
    }
    const text = await response.text();
    let body: unknown = null;
    try {
      body = JSON.parse(text);
    } catch {
      if (response.ok) throw new HostFailure('service_unreachable', `the answer to ${url} is not JSON`);
    }
    const etag = response.headers.get('etag');
    if (response.ok && etag !== null) remembered.set(url, { etag, body });
    return { status: response.status, body };
  };

  const ask = async (url: string) => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(new TimedOut(`nothing within ${timeoutMs} ms`)), timeoutMs);
    const signal = AbortSignal.any([closing, timeout.signal]);
    try {
      try {
        return await askOnce(url, signal);
      } catch (error) {
        if (signal.aborted || error instanceof HostFailure) throw error;
        await clock.wait(100 + Math.random() * 200, signal);
        return await askOnce(url, signal);
      }
    } catch (error) {
      if (error instanceof HostFailure) throw error;
      if (closing.aborted) throw new HostFailure('cancelled', 'the host closes', { cause: error });
      throw connectionFailure(
        url,
        timeout.signal.aborted ? timeout.signal.reason : error,
        options.isOnline(),
      );
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async get(path, schema) {
      const url = `${base}${path}`;
      let answer: { readonly status: number; readonly body: unknown };
      try {
        answer = await ask(url);
      } catch (error) {
        if (error instanceof HostFailure && error.code !== 'cancelled') {
          onOutcome({ reached: false, failure: error });
        }
        throw error;
      }
      if (answer.status < 200 || answer.status >= 300) {
        const failure = answerFailure(answer.status, answer.body);
        onOutcome(NOBODY_THERE.has(answer.status) ? { reached: false, failure } : { reached: true });
        throw failure;
      }
      onOutcome({ reached: true });
      const parsed = schema.safeParse(answer.body);
      if (parsed.success) return parsed.data;
      throw new HostFailure('service_unreachable', `the answer to ${path} is not what was agreed`, {
        cause: parsed.error,
      });
    },
  };
};
