import type { z } from 'zod';
import { TIER_HEADER } from '../../contract/account-http.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Clock } from '../ports.ts';
import type { Tokens } from '../session/session-contract.ts';
import { createLruMap } from '../storage/lru-map.ts';
import { answerFailure, connectionFailure } from './request-failure.ts';

/** What a request told about the service itself, whatever was asked. */
export type ServiceOutcome =
  { readonly reached: true } | { readonly reached: false; readonly failure: HostFailure };

export interface ServiceRequests {
  /** Gets and validates one JSON document; rejects with a `HostFailure` only. */
  get<Value>(path: string, schema: z.ZodType<Value>): Promise<Value>;
  /**
   * Sends a JSON document and validates the answer; without a schema it is not looked at, and null. May arrive twice when the
   * connection breaks, so only what the service counts once is sent. Rejects with a `HostFailure` only.
   */
  post<Value = null>(path: string, body: unknown, schema: z.ZodType<Value> | null): Promise<Value>;
  /** As `post`, of bytes that are what they say. */
  upload<Value>(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    contentType: string,
    schema: z.ZodType<Value>,
  ): Promise<Value>;
  /** DELETE, with what confirms it where that is asked for. */
  remove(path: string, confirmation?: unknown): Promise<void>;
  /**
   * An answer that goes on (server-sent events, unless another type is named), until the signal aborts it. Rejects with a `HostFailure`
   * only; the stream itself breaks with whatever broke it.
   */
  open(path: string, signal: AbortSignal, accept?: string): Promise<ReadableStream<Uint8Array>>;
}

export interface ServiceRequestOptions {
  readonly serviceUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  readonly onOutcome: (outcome: ServiceOutcome) => void;
  /** For every path but those that are everybody's. Without them nothing says who asks. */
  readonly tokens?: Tokens;
  /** The tier that an answer was for. */
  readonly onTier?: (tier: string) => void;
  /** Aborts everything when the host closes. */
  readonly closing: AbortSignal;
  /** From asking to the last byte of the answer. */
  readonly timeoutMs?: number;
}

interface RememberedReply {
  readonly etag: string;
  readonly body: unknown;
}

interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly content: Content | null;
}
interface Content {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const json = (value: unknown): Content => ({ type: 'application/json', body: JSON.stringify(value) });

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | null;
}

const REMEMBERED_REPLIES = 200;
/** The gateway's way of saying that nobody stands behind it. */
const NOBODY_THERE = new Set([502, 503, 504]);
/** A wait that whoever asks does not notice much. */
const SHORT_WAIT_MS = 2_000;

class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** Retry-After in whole seconds (RFC 9110, 10.2.3); a date is not for short waits. */
const retryAfterMs = (headers: Headers): number | null => {
  const text = headers.get('retry-after')?.trim() ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : null;
};

/** For messages: what stands in a path in place of a secret. */
const namedPath = (path: string): string => path.replace(/^(\/v1\/(?:shares|invitations)\/)[^/?]+/, '$1…');

/** What the service tells everybody, also those who are not signed in. */
const isForEverybody = (path: string): boolean =>
  path === catalogPaths.service || path.startsWith(`${catalogPaths.service}/`);

/**
 * Requests to the catalog service. A reply to a GET with an ETag is remembered and asked for with If-None-Match the next time. A
 * connection that fails is tried once more, after 100 to 300 ms: a kept-alive connection that the other end had just closed
 * looks the same as a service that is gone. A token that is refused (401) is renewed, and the question asked once more. That no
 * token can be had says nothing about the service, and is not reported as its outcome.
 */
export const createServiceRequests = (options: ServiceRequestOptions): ServiceRequests => {
  const { clock, closing, onOutcome, tokens, onTier, timeoutMs = 10_000 } = options;
  const base = options.serviceUrl.replace(/\/+$/, '');
  const remembered = createLruMap<string, RememberedReply>(REMEMBERED_REPLIES);

  const askOnce = async (
    { method, path, content }: Question,
    token: string | null,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const url = `${base}${path}`;
    const known = method === 'GET' ? remembered.get(url) : undefined;
    const response = await options.fetch(url, {
      method,
      signal,
      headers: {
        accept: 'application/json',
        ...(known === undefined ? {} : { 'if-none-match': known.etag }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(content === null ? {} : { 'content-type': content.type }),
      },
      ...(content === null ? {} : { body: content.body }),
    });
    const tier = response.headers.get(TIER_HEADER);
    if (tier !== null) onTier?.(tier);
    if (response.status === 304 && known !== undefined) {
      await response.body?.cancel();
      return { status: 200, body: known.body, retryAfterMs: null };
    }
    const text = await response.text();
    let body: unknown = null;
    try {
      body = text === '' && method !== 'GET' ? null : JSON.parse(text);
    } catch {
      if (response.ok)
        throw new HostFailure('service_unreachable', `the answer to ${namedPath(path)} is not JSON`);
    }
    const etag = response.headers.get('etag');
    if (method === 'GET' && response.ok && etag !== null) remembered.set(url, { etag, body });
    return { status: response.status, body, retryAfterMs: retryAfterMs(response.headers) };
  };

  const ask = async (question: Question, token: string | null): Promise<Answer> => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(new TimedOut(`nothing within ${timeoutMs} ms`)), timeoutMs);
    const signal = AbortSignal.any([closing, timeout.signal]);
    try {
      try {
        return await askOnce(question, token, signal);
      } catch (error) {
        if (signal.aborted || error instanceof HostFailure) throw error;
        await clock.wait(100 + Math.random() * 200, signal);
        return await askOnce(question, token, signal);
      }
    } catch (error) {
      if (error instanceof HostFailure) throw error;
      if (closing.aborted) throw new HostFailure('cancelled', 'the host closes', { cause: error });
      throw connectionFailure(
        base,
        timeout.signal.aborted ? timeout.signal.reason : error,
        options.isOnline(),
      );
    } finally {
      clearTimeout(timer);
    }
  };

  /** Reports when there was none. */
  const askAndReport = async (question: Question, token: string | null): Promise<Answer> => {
    try {
      return await ask(question, token);
    } catch (error) {
      if (error instanceof HostFailure && error.code !== 'cancelled') {
        onOutcome({ reached: false, failure: error });
      }
      throw error;
    }
  };

  const askAs = async (question: Question): Promise<Answer> => {
    const asker = isForEverybody(question.path) ? undefined : tokens;
    let token = (await asker?.access()) ?? null;
    let answer = await askAndReport(question, token);
    if (answer.status === 401 && asker !== undefined && token !== null) {
      onOutcome({ reached: true });
      token = await asker.renewAfter(token);
      answer = await askAndReport(question, token);
    }
    if (answer.status === 429 && answer.retryAfterMs !== null && answer.retryAfterMs <= SHORT_WAIT_MS) {
      try {
        await clock.wait(answer.retryAfterMs, closing);
      } catch (error) {
        throw new HostFailure('cancelled', 'the host closes', { cause: error });
      }
      answer = await askAndReport(question, token);
    }
    return answer;
  };

  const bodyOf = async (question: Question): Promise<unknown> => {
    const answer = await askAs(question);
    if (answer.status >= 200 && answer.status < 300) {
      onOutcome({ reached: true });
      return answer.body;
    }
    const failure = answerFailure(answer.status, answer.body);
    onOutcome(NOBODY_THERE.has(answer.status) ? { reached: false, failure } : { reached: true });
    throw failure;
  };

  const openOnce = async (
    path: string,
    token: string | null,
    signal: AbortSignal,
    accept: string,
  ): Promise<Response> => {
    try {
      return await options.fetch(`${base}${path}`, {
        signal,
        headers: {
          accept,
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
      });
    } catch (error) {
      if (signal.aborted) throw new HostFailure('cancelled', 'nobody listens any more', { cause: error });
      const failure = connectionFailure(base, error, options.isOnline());
      onOutcome({ reached: false, failure });
      throw failure;
    }
  };

  const validated = <Value>(path: string, body: unknown, schema: z.ZodType<Value>): Value => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new HostFailure('service_unreachable', `the answer to ${namedPath(path)} is not what was agreed`, {
      cause: parsed.error,
    });
  };

  return {
    async get(path, schema) {
      return validated(path, await bodyOf({ method: 'GET', path, content: null }), schema);
    },
    async post<Value>(path: string, body: unknown, schema: z.ZodType<Value> | null) {
      const answered = await bodyOf({ method: 'POST', path, content: json(body) });
      // Who gives no schema can expect nothing but null.
      return schema === null ? (null as Value) : validated(path, answered, schema);
    },
    async upload(path, bytes, contentType, schema) {
      const content = { type: contentType, body: bytes };
      return validated(path, await bodyOf({ method: 'POST', path, content }), schema);
    },
    async remove(path, confirmation) {
      const content = confirmation === undefined ? null : json(confirmation);
      await bodyOf({ method: 'DELETE', path, content });
    },
    async open(path, signal, accept = 'text/event-stream') {
      const ending = AbortSignal.any([closing, signal]);
      const token = (await tokens?.access()) ?? null;
      let response = await openOnce(path, token, ending, accept);
      if (response.status === 401 && tokens !== undefined && token !== null) {
        await response.body?.cancel();
        response = await openOnce(path, await tokens.renewAfter(token), ending, accept);
      }
      if (response.ok && response.body !== null) {
        onOutcome({ reached: true });
        return response.body;
      }
      await response.body?.cancel();
      const failure = answerFailure(response.status, null);
      onOutcome(NOBODY_THERE.has(response.status) ? { reached: false, failure } : { reached: true });
      throw failure;
    },
  };
};
