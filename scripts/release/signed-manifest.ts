/** Manifests into signed ones, and back again. */
import { signedManifestSchema, updateManifestSchema } from '../../src/contract/update-manifest.ts';
import type { SignedManifest, UpdateManifest } from '../../src/core/update/manifest.ts';
import type { PinnedKey } from '../../src/main/update/pinned-keys.ts';
import { UpdateFailed } from '../../src/main/update/update-failed.ts';
import { readManifest } from '../../src/main/update/verify-manifest.ts';
import { ReleaseError } from './release-error.ts';
import type { SigningKey } from './signing-key.ts';

/** Signed by every key that is given. What an app would not read is not signed. */
export const signManifest = (manifest: UpdateManifest, keys: readonly SigningKey[]): SignedManifest => {
  const payload = Buffer.from(JSON.stringify(updateManifestSchema.parse(manifest)));
  return signedManifestSchema.parse({
    payload: payload.toString('base64'),
    signatures: keys.map(({ keyId, sign }) => ({
      keyId,
      signature: Buffer.from(sign(payload)).toString('base64'),
    })),
  });
};

/**
 * What was signed, as an app reads it. Refused unless a pinned key signed it: whoever can write to the store could otherwise have the
 * next change of a roll-out sign what they put there.
 */
export const openManifest = (signed: SignedManifest, pinned: readonly PinnedKey[]): UpdateManifest => {
  try {
    return readManifest(Buffer.from(JSON.stringify(signed)), pinned);
  } catch (error) {
    if (!(error instanceof UpdateFailed)) throw error;
    throw new ReleaseError(
      'What the channel offers now was signed by none of the keys that apps know.',
      'See whether RIFFLE_UPDATE_KEYS names the keys that builds are made with. If it does, somebody else wrote to the store.',
      { cause: error },
    );
  }
};
