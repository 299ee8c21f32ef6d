/**
 * The catalog's lasting form (ARCHITECTURE.md): what the lines of a segment and a manifest hold. A segment is JSON lines,
 * zstd-compressed, immutable, named by its SHA-256. Read in manifest order, a later line for an id replaces an earlier one;
 * `removal` lines take away. Lines are self-contained, so that an index is built in one pass.
 *
 * Written by `publish/`, read by `index/`. Fields are only ever added.
 */
import { z } from 'zod';
import {
  albumKindSchema,
  artistRefSchema,
  artworkSchema,
  audioFormatSchema,
  albumRefSchema,
  idSchema,
  loudnessSchema,
  sha256Schema,
} from '../../contract/catalog-http.ts';

/** Where a track came from: how publishing again knows it and `--prune` finds what is gone. */
export const sourceSchema = z.object({
  /** Name of the library it was published from: pruning one never touches another. */
  library: z.string(),
  /** Relative to the library's folder, `/`-separated, NFC. */
  path: z.string(),
  bytes: z.int(),
  modifiedMs: z.number(),
  sha256: sha256Schema,
  /** How the file was read, so that publishing again knows what to read anew; null or absent: read it anew. */
  reading: z
    .object({
      /** Of the tag reader: files read by an older one are read again. */
      version: z.int(),
      /** Fingerprint of the cover and lyrics files beside the audio. */
      sidecars: z.string(),
      /** Whether loudness and waveform were measured. */
      measured: z.boolean(),
      /** Settings of the encodings that its media hold, as `encodingsOf` names them; absent: none were made. */
      encoded: z.string().optional(),
      /** Release, or folder and title, of the album it belongs to: files with the same one are planned together. */
      albumKey: z.string(),
    })
    .nullish(),
});

/** One playable object. `original` is the file as it came; the others are encoded at publish time. What came is first. */
export const mediaSchema = z.object({
  quality: z.enum(['original', 'low', 'normal', 'high', 'lossless']),
  key: z.string(),
  sha256: sha256Schema,
  bytes: z.int().nonnegative(),
  format: audioFormatSchema,
  /** Samples to drop at the start and end (encoder delay and padding), null when unknown. */
  encoderDelaySamples: z.int().nonnegative().nullable(),
  encoderPaddingSamples: z.int().nonnegative().nullable(),
  /** Exact length after dropping those, null when unknown. */
  lengthSamples: z.int().nonnegative().nullable(),
});

export const trackRecordSchema = z.object({
  kind: z.literal('track'),
  id: idSchema,
  title: z.string(),
  artists: z.array(artistRefSchema).readonly(),
  albumArtists: z.array(artistRefSchema).readonly(),
  album: albumRefSchema,
  artwork: artworkSchema.nullable(),
  discNumber: z.int().positive(),
  trackNumber: z.int().positive().nullable(),
  durationMs: z.int().nonnegative(),
  releaseDate: z.string().nullable(),
  explicit: z.boolean(),
  /** Names as written; ids are the slugs. */
  genres: z.array(z.string()).readonly(),
  isrc: z.string().nullable(),
  musicBrainzRecordingId: z.string().nullable(),
  plays: z.int().nonnegative().nullable(),
  loudness: loudnessSchema.nullable(),
  /** Key of an immutable JSON object (`trackDetailsSchema`), null when there is nothing to say. */
  detailsKey: z.string().nullable(),
  hasLyrics: z.boolean(),
  media: z.array(mediaSchema).min(1).readonly(),
  source: sourceSchema,
});

export const albumRecordSchema = z.object({
  kind: z.literal('album'),
  id: idSchema,
  title: z.string(),
  artists: z.array(artistRefSchema).readonly(),
  albumKind: albumKindSchema,
  releaseDate: z.string().nullable(),
  addedAt: z.iso.datetime(),
  artwork: artworkSchema.nullable(),
  label: z.string().nullable(),
  catalogueNumber: z.string().nullable(),
  copyright: z.string().nullable(),
  notes: z.string().nullable(),
  musicBrainzReleaseId: z.string().nullable(),
  loudness: loudnessSchema.nullable(),
  discTitles: z.record(z.string(), z.string()),
});

/** Artists have no tracks of their own: what is theirs is found by their id on tracks and albums. */
export const artistRecordSchema = z.object({
  kind: z.literal('artist'),
  id: idSchema,
  name: z.string(),
  /** `Beatles, The`; null when it is the name. */
  sortName: z.string().nullable(),
  musicBrainzArtistId: z.string().nullable(),
});

export const removalRecordSchema = z.object({
  kind: z.literal('removal'),
  of: z.enum(['track', 'album', 'artist']),
  id: idSchema,
});

export const catalogRecordSchema = z.discriminatedUnion('kind', [
  trackRecordSchema,
  albumRecordSchema,
  artistRecordSchema,
  removalRecordSchema,
]);

export const segmentRefSchema = z.object({
  /** SHA-256 of the compressed bytes; the key is derived from it. */
  sha256: sha256Schema,
  bytes: z.int().nonnegative(),
  records: z.int().nonnegative(),
  library: z.string(),
});

export const manifestSchema = z.object({
  format: z.literal(1),
  revision: z.int().positive(),
  createdAt: z.iso.datetime(),
  /** Oldest first. */
  segments: z.array(segmentRefSchema).readonly(),
});

export type MediaRecord = Readonly<z.infer<typeof mediaSchema>>;
export type SourceRecord = Readonly<z.infer<typeof sourceSchema>>;
export type TrackRecord = Readonly<z.infer<typeof trackRecordSchema>>;
export type AlbumRecord = Readonly<z.infer<typeof albumRecordSchema>>;
export type ArtistRecord = Readonly<z.infer<typeof artistRecordSchema>>;
export type RemovalRecord = Readonly<z.infer<typeof removalRecordSchema>>;
export type CatalogRecord = Readonly<z.infer<typeof catalogRecordSchema>>;
export type SegmentRef = Readonly<z.infer<typeof segmentRefSchema>>;
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;
