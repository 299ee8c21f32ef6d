import { systemErrorCode } from '../storage/storage-error.ts';

export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  /** Nothing can have arrived. */
  | { readonly kind: 'not_sent' }
  /** It may have arrived. */
  | { readonly kind: 'lost' };

export type Ask = (
  url: string,
  init: { readonly method: 'GET' | 'POST'; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<Exchange>;

/** Before a connection stands. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const causesOf = function* (error: unknown): Iterable<unknown> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    yield cause;
    if (cause instanceof AggregateError) yield* cause.errors;
  }
};

/** One request with an answer in JSON, or what is known of why there is none. Rejects only when `closing` aborts. */
export const createAsk =
  (options: {
    readonly fetch: typeof globalThis.fetch;
    readonly userAgent: string;
    readonly closing: AbortSignal;
    /** From asking to the last byte of the answer. */
    readonly patienceMs?: number;
  }): Ask =>
  async (url, { method, headers, body }) => {
    const { fetch, userAgent, closing, patienceMs = 20_000 } = options;
    closing.throwIfAborted();
    try {
      const response = await fetch(url, {
        method,
        headers: { accept: 'application/json', 'user-agent': userAgent, ...headers },
        // A token is for this address alone.
        redirect: 'error',
        signal: AbortSignal.any([closing, AbortSignal.timeout(patienceMs)]),
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      let parsed: unknown = null;
      try {
        parsed = JSON.parse(text);
      } catch {
        // A gateway's page: the status says enough.
      }
      return { kind: 'answer', status: response.status, headers: response.headers, body: parsed };
    } catch (error) {
      closing.throwIfAborted();
      const codes = [...causesOf(error)].map(systemErrorCode);
      return { kind: codes.some((code) => code !== null && BEFORE_SENDING.has(code)) ? 'not_sent' : 'lost' };
    }
  };
