/**
 * What a feed says of its newest version, and what is signed of it. The schema is `contract/update-manifest.ts`; here is what the rules
 * work on.
 */
export const UPDATE_CHANNELS = ['stable', 'beta'] as const;
export type UpdateChannel = (typeof UPDATE_CHANNELS)[number];

export const UPDATE_PLATFORMS = ['win32', 'darwin', 'linux'] as const;
export type UpdatePlatform = (typeof UPDATE_PLATFORMS)[number];

export const UPDATE_ARCHITECTURES = ['x64', 'arm64'] as const;
export type UpdateArchitecture = (typeof UPDATE_ARCHITECTURES)[number];

export const UPDATE_KINDS = ['nsis', 'zip', 'appimage', 'deb'] as const;
export type UpdateKind = (typeof UPDATE_KINDS)[number];

/** What one installation can take. */
export interface UpdateTarget {
  readonly platform: UpdatePlatform;
  readonly arch: UpdateArchitecture;
  readonly kind: UpdateKind;
}

export interface UpdateFile extends UpdateTarget {
  /** In the feed, beside the manifest: one path segment. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Base64. */
  readonly sha512: string;
}

/** What is new, in plain words. */
export interface UpdateNotes {
  readonly en: string;
  readonly de: string;
}

export interface UpdateManifest {
  readonly format: 1;
  /** Of what the files install. */
  readonly version: string;
  readonly channel: UpdateChannel;
  /** ISO 8601: when this version was first offered. */
  readonly releasedAt: string;
  /** ISO 8601: when this very document was signed. One that was signed before another that was seen is a replay. */
  readonly signedAt: string;
  /** ISO 8601: from then on nobody may believe it. */
  readonly expiresAt: string;
  /** An installation below this does not wait for its turn in the roll-out. */
  readonly minimumVersion: string;
  readonly rollout: {
    /** Of all installations, 0 to 100. */
    readonly percent: number;
    /** Who comes first; another one for each version, so that it is not always the same people. */
    readonly seed: string;
  };
  /** Nobody may install it, whoever they are. */
  readonly halted: boolean;
  readonly files: readonly UpdateFile[];
  readonly notes: UpdateNotes;
}

/** As it lies in the feed: the bytes that were signed, and by whom. */
export interface SignedManifest {
  /** Base64 of the manifest as JSON in UTF-8. */
  readonly payload: string;
  /** Ed25519 (RFC 8032) over the bytes of the payload; one good one by a pinned key is enough. */
  readonly signatures: readonly { readonly keyId: string; readonly signature: string }[];
}

/** Where a channel's manifest lies in the feed. */
export const manifestName = (channel: UpdateChannel): string => `${channel}.riffle.json`;
