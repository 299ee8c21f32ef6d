/**
 * Passwords as argon2id in PHC string form, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. The cost is the second of those that OWASP's
 * Password Storage Cheat Sheet calls equal: 19 MiB, two passes, one lane.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';

export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
}

export const DEFAULT_PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2 };

/** Thrown when more ask at once than can be answered soon. */
export class TooBusyError extends Error {
  override readonly name = 'TooBusyError';
  readonly retryAfterSeconds = 5;

  constructor() {
    super('too many passwords are being looked at');
  }
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for a hash that is null (there is none) as for one of today's cost. A hash that cannot be read fits nothing. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** Was made at a smaller cost than today's. */
  isOutdated(hash: string): boolean;
}

const LANES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
/** At about 30 ms each the last one of these waits a second or two. */
const MOST_WAITING = 100;
/** They run on libuv's four threads, which must read files too; each takes 19 MiB. */
const AT_ONCE = Math.min(3, availableParallelism());

interface Parameters extends PasswordCost {
  readonly lanes: number;
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

const derive = (
  password: string,
  salt: Uint8Array,
  tagBytes: number,
  { memoryKib, passes, lanes }: Parameters,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      {
        // One spelling of what looks the same, whatever the keyboard sends (NIST SP 800-63B, 3.1.1.2).
        message: Buffer.from(password.normalize('NFKC')),
        nonce: salt,
        parallelism: lanes,
        tagLength: tagBytes,
        memory: memoryKib,
        passes,
      },
      (error, tag) => {
        if (error === null) resolve(tag);
        else reject(error);
      },
    );
  });

const parse = (
  hash: string,
): { readonly parameters: Parameters; readonly salt: Buffer; readonly tag: Buffer } | null => {
  const [, memory, passes, lanes, salt, tag] = PHC.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) return null;
  return {
    parameters: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
};

/** At most so many are computed at once, the rest waits; both methods reject with a `TooBusyError` beyond that. */
export const createPasswords = (cost: PasswordCost = DEFAULT_PASSWORD_COST): Passwords => {
  const line = pLimit(AT_ONCE);
  const inLine = <Value>(work: () => Promise<Value>): Promise<Value> =>
    line.pendingCount >= MOST_WAITING ? Promise.reject(new TooBusyError()) : line(work);
  const today: Parameters = { ...cost, lanes: LANES };
  const nobody = { parameters: today, salt: randomBytes(SALT_BYTES), tag: null };

  return {
    hash: async (password) => {
      const salt = randomBytes(SALT_BYTES);
      const tag = await inLine(() => derive(password, salt, TAG_BYTES, today));
      return `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=${LANES}$${unpadded(salt)}$${unpadded(tag)}`;
    },
    verify: async (password, hash) => {
      const known = (hash === null ? null : parse(hash)) ?? nobody;
      const tagBytes = known.tag?.length ?? TAG_BYTES;
      const tag = await inLine(() => derive(password, known.salt, tagBytes, known.parameters));
      return known.tag !== null && timingSafeEqual(tag, known.tag);
    },
    isOutdated: (hash) => {
      const known = parse(hash)?.parameters;
      return known === undefined || known.memoryKib < cost.memoryKib || known.passes < cost.passes;
    },
  };
};
