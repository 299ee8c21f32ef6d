import type { UpdateFile, UpdateManifest } from '../../core/update/manifest.ts';
import type { OfferedVersion } from '../../core/update/update-state.ts';

/** A version to be had: what was signed of it, and which of its files is for this installation. */
export interface Offer {
  readonly manifest: UpdateManifest;
  readonly file: UpdateFile;
}

/** What there is to say of it. */
export const offeredVersion = ({ manifest, file }: Offer): OfferedVersion => ({
  version: manifest.version,
  notes: manifest.notes,
  sizeBytes: file.sizeBytes,
});
