/** The signed manifest of a feed, `<channel>.riffle.json`, between the release command and the app. */
import { z } from 'zod';
import {
  UPDATE_ARCHITECTURES,
  UPDATE_CHANNELS,
  UPDATE_KINDS,
  UPDATE_PLATFORMS,
  type SignedManifest,
  type UpdateManifest,
} from '../core/update/manifest.ts';
import { isVersion } from '../core/update/version.ts';

/** Of a manifest as it lies in the feed. Whatever is larger is none. */
export const LARGEST_MANIFEST_BYTES = 256 * 1024;

const versionSchema = z.string().refine(isVersion, 'no version (Semantic Versioning, no build metadata)');
const momentSchema = z.iso.datetime();
const notesSchema = z.string().max(20_000);
const ED25519_SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;
const SHA_512 = /^[A-Za-z0-9+/]{86}==$/;
/** No separator, no dot in front, nothing an address or a file system would take for something else. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/;

const updateFileSchema = z.object({
  platform: z.enum(UPDATE_PLATFORMS),
  arch: z.enum(UPDATE_ARCHITECTURES),
  kind: z.enum(UPDATE_KINDS),
  name: z.string().regex(FILE_NAME),
  sizeBytes: z.int().min(1).max(2_000_000_000),
  sha512: z.string().regex(SHA_512),
});

/** What was signed. Unknown keys are left out, so that a later version may add some; another kind of file is another format. */
export const updateManifestSchema: z.ZodType<UpdateManifest> = z.object({
  format: z.literal(1),
  version: versionSchema,
  channel: z.enum(UPDATE_CHANNELS),
  releasedAt: momentSchema,
  signedAt: momentSchema,
  expiresAt: momentSchema,
  minimumVersion: versionSchema,
  rollout: z.object({ percent: z.number().min(0).max(100), seed: z.string().min(1).max(64) }),
  halted: z.boolean(),
  files: z.array(updateFileSchema).min(1).max(32),
  notes: z.object({ en: notesSchema, de: notesSchema }),
});

/** As it lies in the feed; its payload is not believed, or even read, before a signature is found good. */
export const signedManifestSchema: z.ZodType<SignedManifest> = z.object({
  payload: z.base64().max(LARGEST_MANIFEST_BYTES),
  signatures: z
    .array(
      z.object({
        keyId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
        signature: z.string().regex(ED25519_SIGNATURE),
      }),
    )
    .min(1)
    .max(4),
});
