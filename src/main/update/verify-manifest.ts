import { verify } from 'node:crypto';
import { signedManifestSchema, updateManifestSchema } from '../../contract/update-manifest.ts';
import type { SignedManifest, UpdateManifest } from '../../core/update/manifest.ts';
import type { PinnedKey } from './pinned-keys.ts';
import { UpdateFailed } from './update-failed.ts';

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UpdateFailed('bad_manifest', 'not JSON', { cause: error });
  }
};

const isSignedBy = (
  keys: readonly PinnedKey[],
  payload: Uint8Array,
  { signatures }: SignedManifest,
): boolean =>
  signatures.some(({ keyId, signature }) =>
    keys.some(
      (key) => key.keyId === keyId && verify(null, payload, key.publicKey, Buffer.from(signature, 'base64')),
    ),
  );

/**
 * The manifest of a feed, from the bytes that came. Nothing of the payload is read before one of the pinned keys is found to have
 * signed it (Ed25519, RFC 8032). Throws an `UpdateFailed`: `bad_manifest` or `bad_signature`.
 */
export const readManifest = (bytes: Uint8Array, keys: readonly PinnedKey[]): UpdateManifest => {
  const signed = signedManifestSchema.safeParse(parseJson(Buffer.from(bytes).toString('utf8')));
  if (!signed.success) throw new UpdateFailed('bad_manifest', 'no signed manifest');
  const payload = Buffer.from(signed.data.payload, 'base64');
  if (!isSignedBy(keys, payload, signed.data))
    throw new UpdateFailed('bad_signature', 'no pinned key signed this manifest');
  const manifest = updateManifestSchema.safeParse(parseJson(payload.toString('utf8')));
  if (!manifest.success) {
    const where = manifest.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new UpdateFailed('bad_manifest', `signed, and yet not a manifest this version knows: ${where}`);
  }
  return manifest.data;
};
