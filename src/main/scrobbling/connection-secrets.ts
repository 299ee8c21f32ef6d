import { z } from 'zod';
import type { ScrobblerName } from '../../contract/scrobbling.ts';
import type { SecretStore } from '../ports.ts';

const listenBrainzSchema = z.object({ token: z.string().min(1), name: z.string() });
const lastfmSchema = z.object({
  apiKey: z.string().min(1),
  sharedSecret: z.string().min(1),
  sessionKey: z.string().min(1),
  name: z.string(),
});
export type ListenBrainzSecret = z.infer<typeof listenBrainzSchema>;
export type LastfmSecret = z.infer<typeof lastfmSchema>;

const nameOf = (scrobbler: ScrobblerName, accountId: string): string =>
  `${scrobbler === 'lastfm' ? 'lastfm' : 'listenbrainz'}-${accountId}`;

/** The tokens of one account, in the system's key store. Everything rejects while that does not answer. */
export interface ConnectionSecrets {
  listenBrainz(): Promise<ListenBrainzSecret | null>;
  lastfm(): Promise<LastfmSecret | null>;
  keepListenBrainz(secret: ListenBrainzSecret): Promise<void>;
  keepLastfm(secret: LastfmSecret): Promise<void>;
  forget(scrobbler: ScrobblerName): Promise<void>;
}

const parse = <Value>(text: string | null, schema: z.ZodType<Value>): Value | null => {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Not what this program wrote: the same as none. What stands there is in no message.
    return null;
  }
};

export const createConnectionSecrets = (secrets: SecretStore, accountId: string): ConnectionSecrets => ({
  listenBrainz: async () => parse(await secrets.read(nameOf('listenBrainz', accountId)), listenBrainzSchema),
  lastfm: async () => parse(await secrets.read(nameOf('lastfm', accountId)), lastfmSchema),
  keepListenBrainz: (secret) => secrets.write(nameOf('listenBrainz', accountId), JSON.stringify(secret)),
  keepLastfm: (secret) => secrets.write(nameOf('lastfm', accountId), JSON.stringify(secret)),
  forget: (scrobbler) => secrets.remove(nameOf(scrobbler, accountId)),
});

/** When an account is erased. */
export const forgetConnections = async (secrets: SecretStore, accountId: string): Promise<void> => {
  await secrets.remove(nameOf('listenBrainz', accountId));
  await secrets.remove(nameOf('lastfm', accountId));
};
