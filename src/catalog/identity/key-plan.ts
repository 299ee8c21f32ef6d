/**
 * When keys come and go: a signing key works for 90 days; the next is published a day before, so that whoever checks tokens
 * knows it by then; the old stays published until its last token is over, and is then removed. Cookie keys likewise.
 */
import { z } from 'zod';

const DAY_MS = 86_400_000;
const WORKS_FOR_MS = 90 * DAY_MS;
const PUBLISHED_BEFORE_MS = DAY_MS;
/** Far longer than any token lives that is signed with it, and than a replica takes to notice the next. */
const STAYS_PUBLISHED_MS = DAY_MS;
/** Longer than a browser's session lives. */
const COOKIE_KEY_STAYS_MS = 30 * DAY_MS;

const signingKeySchema = z.object({
  kid: z.string(),
  /** EC P-256, for ES256. */
  privateJwk: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    d: z.string(),
  }),
  worksFromMs: z.int(),
});
const cookieKeySchema = z.object({ key: z.string(), worksFromMs: z.int() });

export const keyRingSchema = z.object({
  /** 32 bytes in base64: seals what lies in the store. Never changes; with another one all listeners sign in again. */
  sealingSecret: z.base64(),
  /** By when they work, the oldest first. Never empty. */
  signing: z.array(signingKeySchema).min(1).readonly(),
  cookies: z.array(cookieKeySchema).min(1).readonly(),
});

export type SigningKey = Readonly<z.infer<typeof signingKeySchema>>;
export type KeyRing = Readonly<z.infer<typeof keyRingSchema>>;

/** Made before they are needed, because a change of a versioned document is pure. */
export interface FreshKeys {
  readonly sealingSecret: string;
  readonly signing: Omit<SigningKey, 'worksFromMs'>;
  readonly cookie: string;
}

interface Lasting {
  readonly worksFromMs: number;
}

/** The newest that works already; the very first one works from the beginning. */
const working = <Key extends Lasting>(keys: readonly Key[], nowMs: number): Key | undefined =>
  keys.findLast(({ worksFromMs }) => worksFromMs <= nowMs) ?? keys[0];

/** Without those whose successor has worked for so long. */
const withoutRetired = <Key extends Lasting>(keys: readonly Key[], nowMs: number, staysMs: number): Key[] =>
  keys.filter((_key, index) => {
    const successor = keys[index + 1];
    return successor === undefined || successor.worksFromMs + staysMs > nowMs;
  });

/** When the next one has to work from, if it is time to publish it. */
const nextFrom = (keys: readonly Lasting[], nowMs: number): number | null => {
  const newest = keys.at(-1);
  if (newest === undefined) return nowMs;
  const endsMs = newest.worksFromMs + WORKS_FOR_MS;
  return nowMs < endsMs - PUBLISHED_BEFORE_MS ? null : Math.max(endsMs, nowMs + PUBLISHED_BEFORE_MS);
};

/** The ring as it has to be now. */
export const planKeys = (ring: KeyRing | null, fresh: FreshKeys, nowMs: number): KeyRing | 'unchanged' => {
  if (ring === null)
    return {
      sealingSecret: fresh.sealingSecret,
      signing: [{ ...fresh.signing, worksFromMs: nowMs }],
      cookies: [{ key: fresh.cookie, worksFromMs: nowMs }],
    };
  const signing = withoutRetired(ring.signing, nowMs, STAYS_PUBLISHED_MS);
  const cookies = withoutRetired(ring.cookies, nowMs, COOKIE_KEY_STAYS_MS);
  const signingFrom = nextFrom(signing, nowMs);
  const cookieFrom = nextFrom(cookies, nowMs);
  if (signingFrom !== null) signing.push({ ...fresh.signing, worksFromMs: signingFrom });
  if (cookieFrom !== null) cookies.push({ key: fresh.cookie, worksFromMs: cookieFrom });
  const isSame = signing.length === ring.signing.length && cookies.length === ring.cookies.length;
  return isSame && signingFrom === null && cookieFrom === null
    ? 'unchanged'
    : { sealingSecret: ring.sealingSecret, signing, cookies };
};

/** The one that signs comes first, the others after it: some of them still verify, the next does not sign yet. */
export const inOrderOfUse = (
  ring: KeyRing,
  nowMs: number,
): { readonly signing: readonly SigningKey[]; readonly cookies: readonly string[] } => {
  const signs = working(ring.signing, nowMs);
  const seals = working(ring.cookies, nowMs);
  const first = <Key>(key: Key | undefined, keys: readonly Key[]): Key[] =>
    key === undefined ? [...keys] : [key, ...keys.filter((other) => other !== key)];
  return {
    signing: first(signs, ring.signing),
    cookies: first(seals, ring.cookies).map(({ key }) => key),
  };
};
