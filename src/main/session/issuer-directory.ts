import { allowInsecureRequests, customFetch, discovery, type CustomFetch } from 'openid-client';
import { z } from 'zod';
import type { Clock, Log } from '../ports.ts';
import type { JsonDocument } from '../storage/json-document.ts';
import { IssuerFailure, issuerFailureOf } from './issuer-failure.ts';
import { isLoopbackUrl } from './service-address.ts';

const metadataSchema = z.object({ issuer: z.string() }).catchall(z.json());
/** Everything of `issuers.json`: by issuer, as the service names it. */
export const issuerBookSchema = z.record(
  z.string(),
  z.object({ keptAtMs: z.number(), metadata: metadataSchema }),
);
export type IssuerBook = z.infer<typeof issuerBookSchema>;
export type IssuerMetadata = Readonly<z.infer<typeof metadataSchema>>;

/** What issuers say of themselves: their addresses and what they can do (OpenID Connect Discovery 1.0). */
export interface IssuerDirectory {
  /** Rejects with an `IssuerFailure`. */
  metadata(issuer: string): Promise<IssuerMetadata>;
  /** Something there was not as it should be: asked again the next time. */
  doubt(issuer: string): void;
}

const FRESH_MS = 24 * 3_600_000;
/** What is kept answers for an issuer that takes longer. */
const PATIENCE_MS = 3_000;
const ANSWER_SECONDS = 8;

export const createIssuerDirectory = (options: {
  readonly document: JsonDocument<IssuerBook>;
  readonly fetch: CustomFetch;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly log: Log;
}): IssuerDirectory => {
  const { document, fetch, clock, closing, log } = options;
  let reading: Promise<IssuerBook> | null = null;
  let book: IssuerBook = {};
  const asking = new Map<string, Promise<IssuerMetadata>>();

  /** What cannot be read is asked for anew. */
  const open = (): Promise<IssuerBook> => {
    reading ??= document.read().then(
      (kept) => (book = kept ?? {}),
      (error: unknown) => {
        log.warn('what is known of issuers cannot be read', { error });
        return book;
      },
    );
    return reading;
  };

  const askNow = async (issuer: string): Promise<IssuerMetadata> => {
    try {
      // Who asks does not matter for what an issuer says of itself.
      const found = await discovery(new URL(issuer), 'riffle', undefined, undefined, {
        [customFetch]: fetch,
        timeout: ANSWER_SECONDS,
        execute: isLoopbackUrl(issuer) ? [allowInsecureRequests] : [],
      });
      const metadata = metadataSchema.parse(JSON.parse(JSON.stringify(found.serverMetadata())));
      book = { ...book, [issuer]: { keptAtMs: clock.now(), metadata } };
      await document
        .write(book)
        .catch((error: unknown) => log.warn('what is known of an issuer was not kept', { error }));
      return metadata;
    } catch (error) {
      throw (
        issuerFailureOf(error) ??
        new IssuerFailure('untrusted', 'the issuer describes itself in no valid way')
      );
    } finally {
      asking.delete(issuer);
    }
  };

  const ask = (issuer: string): Promise<IssuerMetadata> => {
    const already = asking.get(issuer);
    if (already !== undefined) return already;
    const asked = askNow(issuer);
    asking.set(issuer, asked);
    return asked;
  };

  return {
    async metadata(issuer) {
      await open();
      const kept = book[issuer];
      if (kept === undefined) return ask(issuer);
      const ageMs = clock.now() - kept.keptAtMs;
      if (ageMs >= 0 && ageMs < FRESH_MS) return kept.metadata;
      const answered = new AbortController();
      const patience = clock.wait(PATIENCE_MS, AbortSignal.any([answered.signal, closing]));
      try {
        return await Promise.race([ask(issuer), patience.then(() => kept.metadata)]);
      } catch {
        // The issuer failed, which is told when it is really needed, or the app closes.
        return kept.metadata;
      } finally {
        answered.abort();
        patience.catch(() => undefined);
      }
    },
    doubt(issuer) {
      const kept = book[issuer];
      if (kept !== undefined) book = { ...book, [issuer]: { ...kept, keptAtMs: 0 } };
    },
  };
};
