/** Ids that nobody else makes: lower-case base-32 characters, five bits each, fit for secrets. */
import { randomBytes } from 'node:crypto';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

const randomId = (letters: number): string =>
  Array.from(randomBytes(letters), (byte) => DIGITS.charAt(byte % DIGITS.length)).join('');

export const newDeviceId = (): string => randomId(10);
/** Of an item, and of a folder. */
export const newItemId = (): string => randomId(12);
export const newPlaylistId = (): string => randomId(20);
