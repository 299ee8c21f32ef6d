/**
 * The keys of the issuer, shared by all replicas through the store. They lie there as they are: whoever may read
 * `identity/keys/` can sign tokens, so that prefix belongs in an S3 policy of its own, for the service alone.
 */
import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JSONWebKeySet } from 'jose';
import { createVersionedDocument, type Versioned } from '../segments/versioned-document.ts';
import { revisionKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { KEYS_LOG } from './identity-keys.ts';
import { inOrderOfUse, keyRingSchema, planKeys, type FreshKeys, type KeyRing } from './key-plan.ts';

export interface KeysInUse {
  /** Changes whenever what follows does; as secret as that. */
  readonly id: string;
  readonly sealingSecret: Uint8Array;
  /** With private parts; the first one signs. */
  readonly signing: readonly JWK[];
  /** The first one seals new cookies. */
  readonly cookies: readonly string[];
}

export interface SigningKeys {
  inUse(): KeysInUse;
  publicKeys(): JSONWebKeySet;
  /** Looks after them: reads what others changed, makes the next when it is time. Rejects with a `StoreError`. */
  tend(): Promise<void>;
}

const makeKeys = async (): Promise<FreshKeys> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { x, y, d } = await exportJWK(privateKey);
  if (x === undefined || y === undefined || d === undefined)
    throw new Error('a key without its numbers was made');
  const privateJwk = { kty: 'EC', crv: 'P-256', x, y, d } as const;
  return {
    sealingSecret: randomBytes(32).toString('base64'),
    signing: { kid: await calculateJwkThumbprint(privateJwk), privateJwk },
    cookie: randomBytes(32).toString('base64url'),
  };
};

/** Reads the keys, or makes the first ones. Rejects with a `StoreError`. */
export const openSigningKeys = async (store: ObjectStore, nowMs: () => number): Promise<SigningKeys> => {
  const document = createVersionedDocument({ store, log: KEYS_LOG, schema: keyRingSchema });

  const upToDate = async (known: Versioned<KeyRing> | null): Promise<Versioned<KeyRing>> => {
    const read = (await document.latest(known?.revision)) ?? known;
    const fresh = await makeKeys();
    if (read !== null && planKeys(read.value, fresh, nowMs()) === 'unchanged') return read;
    const written = await document.update((ring) => planKeys(ring, fresh, nowMs()));
    if (written === null) throw new Error('a key ring was to be written and is not there');
    // Private keys that are no longer needed must not lie about.
    if (written.revision > 1) await store.delete([revisionKey(KEYS_LOG, written.revision - 1)]);
    return written;
  };

  let ring = await upToDate(null);
  const ordered = () => inOrderOfUse(ring.value, nowMs());
  return {
    inUse: () => {
      const { signing, cookies } = ordered();
      return {
        id: `${ring.revision} ${signing[0]?.kid} ${cookies[0]}`,
        sealingSecret: Buffer.from(ring.value.sealingSecret, 'base64'),
        signing: signing.map(({ kid, privateJwk }) => ({ ...privateJwk, kid, alg: 'ES256', use: 'sig' })),
        cookies,
      };
    },
    publicKeys: () => ({
      keys: ordered().signing.map(({ kid, privateJwk: { kty, crv, x, y } }) => ({
        kty,
        crv,
        x,
        y,
        kid,
        alg: 'ES256',
        use: 'sig',
      })),
    }),
    tend: async () => {
      ring = await upToDate(ring);
    },
  };
};
