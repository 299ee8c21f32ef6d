/** What people type to say who they are. */
import { createHash } from 'node:crypto';

const LONGEST = 64;
const LOGIN = /^[\p{L}\p{M}\p{N}._@+-]+$/u;

/**
 * One spelling for what people take for the same name: NFKC, without regard to case (by way of small letters and capitals, so that
 * `ß` and `ẞ` are `ss` as in Unicode's full case folding; letter by letter, so that a sigma is one wherever it stands). Null for what is no name:
 * letters, digits and `._@+-`, at most 64.
 */
export const normaliseLogin = (typed: string): string | null => {
  if (typed.length > 4 * LONGEST) return null;
  const capitals = typed.trim().normalize('NFKC').toLowerCase().toUpperCase();
  const login = Array.from(capitals, (letter) => letter.toLowerCase())
    .join('')
    .normalize('NFKC');
  return LOGIN.test(login) && Array.from(login).length <= LONGEST ? login : null;
};

/**
 * The account's id and subject (`sub`), from its login. A login is never given away again (accounts are disabled, never
 * deleted), so the subject is not either (OpenID Connect Core, 2).
 */
export const accountIdOf = (login: string): string =>
  createHash('sha256').update(`riffle account ${login}`).digest('hex').slice(0, 32);
