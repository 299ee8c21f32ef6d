import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ask } from './exchange.ts';

export interface LastfmKeys {
  readonly apiKey: string;
  readonly sharedSecret: string;
}
export type Parameters = Readonly<Record<string, string>>;

/** What Last.fm answers a call with; `error` is its own number (API docs, "Error codes"). */
export type LastfmReply =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'error'; readonly error: number }
  | { readonly kind: 'not_sent' }
  | { readonly kind: 'lost' };

export type LastfmCall = (method: string, parameters: Parameters) => Promise<LastfmReply>;

const errorSchema = z.object({ error: z.int() });

/** The service's order: by the bytes of the names. */
const inByteOrder = ([one]: readonly [string, string], [other]: readonly [string, string]): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * A call's signature (Last.fm API, Authentication, "Signing calls"): names and values one after the other in the order of the names,
 * then the secret, as MD5. `format` is not signed. It proves the sender with what they share, no more: MD5 is their choice.
 */
export const signatureOf = (parameters: Parameters, sharedSecret: string): string => {
  const text = Object.entries(parameters)
    .filter(([name]) => name !== 'format' && name !== 'callback')
    .sort(inByteOrder)
    .map(([name, value]) => name + value)
    .join('');
  return createHash('md5')
    .update(text + sharedSecret, 'utf8')
    .digest('hex');
};

/** Every call is a POST, so that no key and no signature stands in an address. */
export const createLastfmCall =
  (options: { readonly ask: Ask; readonly apiUrl: string; readonly keys: LastfmKeys }): LastfmCall =>
  async (method, given) => {
    const { ask, apiUrl, keys } = options;
    const parameters = { ...given, method, api_key: keys.apiKey };
    const exchange = await ask(apiUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      body: new URLSearchParams({
        ...parameters,
        api_sig: signatureOf(parameters, keys.sharedSecret),
        format: 'json',
      }).toString(),
    });
    if (exchange.kind !== 'answer') return { kind: exchange.kind };
    const failed = errorSchema.safeParse(exchange.body);
    if (failed.success) return { kind: 'error', error: failed.data.error };
    // A page of a gateway, whatever its status.
    if (exchange.status !== 200 || exchange.body === null) return { kind: 'lost' };
    return { kind: 'ok', body: exchange.body };
  };
