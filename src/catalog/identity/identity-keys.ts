/** Where identity keeps what it must know, all under `identity/`: every key of it is spelled here and nowhere else. */

/**
 * Holds private signing keys, the keys of cookies, and the secret that seals everything of a sign-in: whoever reads this can
 * sign tokens. Give it an S3 policy of its own.
 */
export const KEYS_LOG = 'identity/keys';

export const ACCOUNTS = 'identity/accounts/';
export const accountLog = (accountId: string): string => `${ACCOUNTS}${accountId}`;
/** The account a key under `ACCOUNTS` belongs to, or null when it is none's. */
export const accountOfKey = (key: string): string | null =>
  /^identity\/accounts\/([0-9a-z-]+)\/\d{10}\.json$/.exec(key)?.[1] ?? null;

/** Kinds of what a sign-in leaves, each with a folder; all of it ends by itself and is swept. */
export const SIGN_IN_FOLDERS = [
  'session',
  'session-uid',
  'interaction',
  'grant',
  'authorization-code',
  'device-code',
  'user-code',
  'refresh-token',
  /** That a code was used: created once, by the one who may. */
  'used-code',
  /** Which refresh token of a generation was used, one object for each: see `refresh-chain.ts`. */
  'refresh-chain',
] as const;
export type SignInFolder = (typeof SIGN_IN_FOLDERS)[number];

export const signInFolder = (folder: SignInFolder): string => `identity/${folder}/`;
/** `name` is a keyed hash in hex: never the token, code or cookie itself. */
export const signInKey = (folder: SignInFolder, name: string): string =>
  `identity/${folder}/${name.slice(0, 2)}/${name}.json`;

export const GUESSES = 'identity/guesses/';
/** Guesses at one account or from one address, in the order they were made. `name` is a hash. */
export const guessFolder = (lane: 'account' | 'address', name: string): string =>
  `${GUESSES}${lane}/${name}/`;
export const guessKey = (folder: string, ordinal: number): string =>
  `${folder}${String(ordinal).padStart(10, '0')}.json`;
export const guessOrdinal = (key: string): number | null => {
  const digits = /\/(\d{10})\.json$/.exec(key)?.[1];
  return digits === undefined ? null : Number(digits);
};
