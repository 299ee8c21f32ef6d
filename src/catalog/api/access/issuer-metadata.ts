/** What an OpenID Connect issuer says of itself (OpenID Connect Discovery 1.0 §4), as far as a service needs it: its keys. */
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { isLoopbackHost } from './loopback.ts';

const TIMEOUT_MS = 5000;
/** Metadata and keys of the largest issuers take some ten kilobytes. */
const MOST_BYTES = 1_000_000;
const METADATA_KEPT_MS = 86_400_000;

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
/** Members of other kinds of keys are passed over by jose; symmetric keys have no business here. */
const keySetSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string() })).max(200),
});

export interface IssuerMetadataOptions {
  readonly issuer: string;
  readonly nowMs: () => number;
}

/** Keys that came over an open line are nobody's. */
export const isSafeIssuerAddress = (address: string): boolean => {
  const url = URL.parse(address);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
};

/** Gives a function that fetches the keys; the metadata that says where they are is kept for a day, or until a fetch fails. */
export const createKeyLoader = ({ issuer, nowMs }: IssuerMetadataOptions): (() => Promise<JSONWebKeySet>) => {
  let kept: { readonly jwksUri: string; readonly atMs: number } | null = null;

  const fetchJson = async (address: string): Promise<unknown> => {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${address} answers with ${response.status}`);
    }
    const text = await response.text();
    if (text.length > MOST_BYTES) throw new Error(`${address} answers with too much`);
    return JSON.parse(text);
  };

  const jwksUri = async (): Promise<string> => {
    if (kept !== null && nowMs() - kept.atMs < METADATA_KEPT_MS) return kept.jwksUri;
    const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
    const metadata = metadataSchema.parse(await fetchJson(address));
    if (metadata.issuer !== issuer)
      throw new Error(`${address} is the metadata of another issuer: ${metadata.issuer}`);
    if (!isSafeIssuerAddress(metadata.jwks_uri.replace(/\?.*$/, '')))
      throw new Error(`${address} names keys that do not come by https: ${metadata.jwks_uri}`);
    kept = { jwksUri: metadata.jwks_uri, atMs: nowMs() };
    return kept.jwksUri;
  };

  return async () => {
    try {
      return keySetSchema.parse(await fetchJson(await jwksUri()));
    } catch (error) {
      kept = null;
      throw error;
    }
  };
};
