import { z } from 'zod';
import type { Log, SecretStore } from '../ports.ts';

/**
 * One sign-in, as it lies in the key store. Service and issuer stand beside the tokens, so that nobody who can write the
 * account list sends the tokens elsewhere.
 */
const keptSignInSchema = z.object({
  serviceUrl: z.string(),
  issuer: z.url(),
  clientId: z.string(),
  resource: z.string().nullable(),
  /** Null where the issuer gives none: then the sign-in lasts as long as the access token. */
  refreshToken: z.string().nullable(),
  /** The one before, until the newer one has worked once. */
  previousRefreshToken: z.string().nullable(),
  access: z.object({
    token: z.string(),
    /** By this computer's clock, when the answer came. */
    receivedAtMs: z.number(),
    lifetimeMs: z.number(),
  }),
});
export type KeptSignIn = Readonly<z.infer<typeof keptSignInSchema>>;

export interface TokenStore {
  /** Null when there is none, or what is there cannot be understood. Rejects when the key store does not answer. */
  read(accountId: string): Promise<KeptSignIn | null>;
  /** On disk when it resolves. */
  write(accountId: string, signIn: KeptSignIn): Promise<void>;
  remove(accountId: string): Promise<void>;
}

const secretName = (accountId: string): string => `session-${accountId}`;

const parsed = (text: string): KeptSignIn | null => {
  try {
    return keptSignInSchema.parse(JSON.parse(text));
  } catch {
    // What is wrong with it must not be said: the text is the secret.
    return null;
  }
};

/** The sign-ins of all accounts, in the system's key store. */
export const createTokenStore = (options: {
  readonly secrets: SecretStore;
  readonly log: Log;
}): TokenStore => {
  const { secrets, log } = options;
  return {
    async read(accountId) {
      const text = await secrets.read(secretName(accountId));
      if (text === null) return null;
      const signIn = parsed(text);
      if (signIn === null) log.warn('what is kept of a sign-in cannot be understood', { accountId });
      return signIn;
    },
    write: (accountId, signIn) => secrets.write(secretName(accountId), JSON.stringify(signIn)),
    remove: (accountId) => secrets.remove(secretName(accountId)),
  };
};
