/**
 * What the app and the catalog service say to each other over HTTP, version 1.
 *
 * The schemas are the single source: the service validates, serialises and documents with them (OpenAPI), the app
 * takes its types from them. Durations are milliseconds, sizes bytes, dates ISO 8601 (release dates may stop at the
 * year or the month), loudness LUFS and dBTP (EBU R128).
 */
import { z } from 'zod';
import { qualitySchema, signInOfferSchema } from './account-http.ts';
import { audioFactsSchema } from './audio-facts.ts';
import { seekPointsSchema } from './seek-points.ts';
import { sharingSchema } from './share-http.ts';

/** Twenty lower-case base-32 characters (100 bits); stable across re-publishing and replaced audio. */
export const idSchema = z.string().regex(/^[0-9a-z]{20}$/);
/** A genre's id is the slug of its name: `neue-musik`. */
export const genreIdSchema = z.string().regex(/^[\p{L}\p{N}-]{1,80}$/u);
/** SHA-256 in hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** The artwork widths (pixels, square) that are published; the image is never enlarged. */
export const ARTWORK_SIZES = [96, 256, 512, 1024] as const;
export const artworkSizeSchema = z.union([z.literal(96), z.literal(256), z.literal(512), z.literal(1024)]);
export type ArtworkSize = z.infer<typeof artworkSizeSchema>;

/** OKLCH: lightness 0 to 1, chroma 0 to about 0.4, hue in degrees. */
export const inkSchema = z.object({ lightness: z.number(), chroma: z.number(), hue: z.number() });
/** The two inks of a cover: `ground` tints surfaces, `spark` is the accent. Null for a grey cover. */
export const paletteSchema = z.object({ ground: inkSchema, spark: inkSchema });

export const artworkSchema = z.object({ id: sha256Schema, palette: paletteSchema.nullable() });

export const artistRefSchema = z.object({ id: idSchema, name: z.string() });
export const albumRefSchema = z.object({ id: idSchema, title: z.string() });
export const genreRefSchema = z.object({ id: genreIdSchema, name: z.string() });

export const audioFormatSchema = z.object({
  /** Lower case: `mp3`, `aac`, `flac`, `vorbis`, `opus`, `pcm`. */
  codec: z.string(),
  contentType: z.string(),
  lossless: z.boolean(),
  sampleRateHz: z.int().positive(),
  channels: z.int().positive(),
  bitDepth: z.int().positive().nullable(),
  bitrateBps: z.int().nonnegative(),
});

export const loudnessSchema = z.object({
  integratedLufs: z.number(),
  truePeakDbtp: z.number(),
  /** EBU Tech 3342, LU; where it was measured and is kept. */
  rangeLu: z.number().nonnegative().optional(),
});

export const trackSchema = z.object({
  id: idSchema,
  title: z.string(),
  artists: z.array(artistRefSchema).readonly(),
  album: albumRefSchema,
  artwork: artworkSchema.nullable(),
  discNumber: z.int().positive(),
  trackNumber: z.int().positive().nullable(),
  durationMs: z.int().nonnegative(),
  explicit: z.boolean(),
  genres: z.array(genreRefSchema).readonly(),
  isrc: z.string().nullable(),
  /** Plays the operator reported, or null when none were. */
  plays: z.int().nonnegative().nullable(),
  format: audioFormatSchema,
  loudness: loudnessSchema.nullable(),
  /** Of its album, to play at album gain; absent where it is not known. */
  albumLoudness: loudnessSchema.optional(),
  hasLyrics: z.boolean(),
});

export const albumKindSchema = z.enum(['album', 'ep', 'single', 'compilation', 'live']);

const albumSummaryShape = {
  id: idSchema,
  title: z.string(),
  artists: z.array(artistRefSchema).readonly(),
  kind: albumKindSchema,
  /** `1999`, `1999-04` or `1999-04-30`. */
  releaseDate: z.string().nullable(),
  addedAt: z.iso.datetime(),
  artwork: artworkSchema.nullable(),
  trackCount: z.int().nonnegative(),
  durationMs: z.int().nonnegative(),
};
export const albumSummarySchema = z.object(albumSummaryShape);
export const discSchema = z.object({
  number: z.int().positive(),
  title: z.string().nullable(),
  tracks: z.array(trackSchema).readonly(),
});
export const albumSchema = z.object({
  ...albumSummaryShape,
  discs: z.array(discSchema).readonly(),
  label: z.string().nullable(),
  catalogueNumber: z.string().nullable(),
  copyright: z.string().nullable(),
  notes: z.string().nullable(),
  genres: z.array(genreRefSchema).readonly(),
  /** Album gain is computed from this (EBU R128 over the whole album). */
  loudness: loudnessSchema.nullable(),
});

const artistSummaryShape = {
  id: idSchema,
  name: z.string(),
  /** The artist's newest album's cover stands in while there is no portrait. */
  artwork: artworkSchema.nullable(),
  albumCount: z.int().nonnegative(),
  trackCount: z.int().nonnegative(),
};
export const artistSummarySchema = z.object(artistSummaryShape);
export const artistSchema = z.object({
  ...artistSummaryShape,
  /** At most ten, most played first. */
  topTracks: z.array(trackSchema).readonly(),
  /** At most fifty, newest first; the rest by `/v1/artists/{id}/albums`. */
  albums: z.array(albumSummarySchema).readonly(),
  /** Albums of others on which this artist plays; at most fifty. */
  appearsOn: z.array(albumSummarySchema).readonly(),
  /** Artists that share most genres; at most eight. */
  related: z.array(artistRefSchema).readonly(),
});

export const genreSummarySchema = z.object({
  id: genreIdSchema,
  name: z.string(),
  trackCount: z.int().nonnegative(),
  albumCount: z.int().nonnegative(),
  artwork: artworkSchema.nullable(),
});
export const genreSchema = z.object({
  ...genreSummarySchema.shape,
  popularTracks: z.array(trackSchema).readonly(),
  newestAlbums: z.array(albumSummarySchema).readonly(),
});

/** A cursor is opaque; pass it back as it came. `nextCursor` is null on the last page. */
const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item).readonly(),
    nextCursor: z.string().nullable(),
    total: z.int().nonnegative(),
  });
export const albumPageSchema = pageOf(albumSummarySchema);
export const trackPageSchema = pageOf(trackSchema);
export const artistPageSchema = pageOf(artistSummarySchema);
export const genrePageSchema = pageOf(genreSummarySchema);

export const pageQuerySchema = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const albumOrderSchema = z.enum(['newest', 'popular', 'title']);

export const homeSchema = z.object({
  newest: z.array(albumSummarySchema).readonly(),
  /** Empty when the operator reported no plays. */
  popularTracks: z.array(trackSchema).readonly(),
  popularAlbums: z.array(albumSummarySchema).readonly(),
  genres: z.array(genreSummarySchema).readonly(),
  totals: z.object({
    tracks: z.int().nonnegative(),
    albums: z.int().nonnegative(),
    artists: z.int().nonnegative(),
  }),
});

/** Hits of one kind; `total` is exact unless `capped`, in which case there are more. */
const hitsOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item).readonly(), total: z.int().nonnegative(), capped: z.boolean() });

export const bestMatchSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('track'), track: trackSchema }),
  z.object({ kind: z.literal('album'), album: albumSummarySchema }),
  z.object({ kind: z.literal('artist'), artist: artistSummarySchema }),
]);

export const searchKindSchema = z.enum(['track', 'album', 'artist']);
export const searchRequestSchema = z.object({
  query: z.string().max(200),
  /** Per kind. */
  limit: z.coerce.number().int().min(1).max(200).default(20),
  /** Leave out to search all kinds; with it only that kind's hits are filled. */
  kind: searchKindSchema.optional(),
  /** False takes the letters as typed ("search instead for …"). */
  correct: z.stringbool().or(z.boolean()).default(true),
});
export const searchReplySchema = z.object({
  /** The query this answers, as it was asked: drop a reply whose query is no longer the one in the box. */
  query: z.string(),
  /** What was searched instead when the query itself found nothing, else null. */
  correctedQuery: z.string().nullable(),
  best: bestMatchSchema.nullable(),
  tracks: hitsOf(trackSchema),
  albums: hitsOf(albumSummarySchema),
  artists: hitsOf(artistSummarySchema),
});

/** A signed, short-lived address of one object. */
export const mediaAddressSchema = z.object({
  url: z.url(),
  expiresAt: z.iso.datetime(),
  contentType: z.string(),
  bytes: z.int().nonnegative(),
  sha256: sha256Schema,
  /** Absent for what has no qualities, such as an ad. */
  quality: qualitySchema.optional(),
  /** Absent where the length is not known. */
  audio: audioFactsSchema.optional(),
  /**
   * The track's other files, whatever the listener's tier: audio with one of these hashes is still this track's, and what was
   * begun in one quality is gone on with by asking for that quality.
   */
  others: z
    .array(z.object({ quality: qualitySchema, sha256: sha256Schema }))
    .readonly()
    .optional(),
});

export const lyricsSchema = z.object({
  language: z.string().nullable(),
  /** `atMs` is null throughout for lyrics without times. */
  lines: z.array(z.object({ atMs: z.int().nonnegative().nullable(), text: z.string() })).readonly(),
});
export const trackDetailsSchema = z.object({
  /** Up to 800 peak values from 0 to 255 over the whole track, or null when they could not be measured. */
  waveform: z.array(z.int().min(0).max(255)).max(800).readonly().nullable(),
  lyrics: lyricsSchema.nullable(),
  /** Into the file with this hash, where its format has no index of its own. */
  seeking: z.object({ sha256: sha256Schema, points: seekPointsSchema }).optional(),
});

export const serviceInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Revision of the catalog the service answers from; it only grows. */
  revision: z.int().nonnegative(),
  tracks: z.int().nonnegative(),
  /** Null or absent: everybody who reaches the service may listen. */
  signIn: signInOfferSchema.nullish(),
  /** Whether `catalogPaths.servicePicture` has one. */
  hasPicture: z.boolean().optional(),
  /** Null or absent: it has no public pages, or none that others reach. */
  sharing: sharingSchema.nullish(),
});

/** RFC 9457. `code` is closed; the sentence a person reads is made at the screen. */
export const problemCodeSchema = z.enum([
  'invalid_request',
  'not_found',
  /** It was shared, and is not any more: 410. */
  'gone',
  'not_ready',
  /** No token, or one that is not valid (any more): 401. */
  'sign_in_required',
  /** Valid, but this needs another role. */
  'forbidden',
  /** Only premium listeners: 403. */
  'premium_required',
  /** 429, with Retry-After. */
  'too_many_requests',
  'internal',
]);
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: problemCodeSchema,
});

/** Every path of the service, spelled once. */
export const catalogPaths = {
  service: '/v1/service',
  servicePicture: '/v1/service/picture',
  me: '/v1/me',
  /** POST: the word that kept music may be kept on, which premium listeners get. Answers as `me` does. */
  lease: '/v1/me/lease',
  adBreak: '/v1/ads/break',
  adEvents: '/v1/ads/events',
  /** For operators. */
  adReport: '/v1/operator/ads',
  /** POST: what became of an update (`update-http.ts`). */
  updateReports: '/v1/update-reports',
  /** POST: a crash of the app, by a listener's choice. */
  reports: '/v1/reports',
  home: '/v1/home',
  albums: '/v1/albums',
  album: '/v1/albums/:id',
  artists: '/v1/artists',
  artist: '/v1/artists/:id',
  artistAlbums: '/v1/artists/:id/albums',
  artistTracks: '/v1/artists/:id/tracks',
  tracks: '/v1/tracks',
  track: '/v1/tracks/:id',
  trackDetails: '/v1/tracks/:id/details',
  trackMedia: '/v1/tracks/:id/media',
  genres: '/v1/genres',
  genre: '/v1/genres/:id',
  genreAlbums: '/v1/genres/:id/albums',
  genreTracks: '/v1/genres/:id/tracks',
  search: '/v1/search',
  /** POST: what recordings from elsewhere may be (`match-http.ts`). */
  match: '/v1/match',
  artwork: '/v1/artwork/:id/:size',
  openapi: '/openapi.json',
  live: '/health/live',
  ready: '/health/ready',
} as const;

export type Palette = Readonly<z.infer<typeof paletteSchema>>;
export type Artwork = Readonly<z.infer<typeof artworkSchema>>;
export type ArtistRef = Readonly<z.infer<typeof artistRefSchema>>;
export type AlbumRef = Readonly<z.infer<typeof albumRefSchema>>;
export type AudioFormat = Readonly<z.infer<typeof audioFormatSchema>>;
export type Loudness = Readonly<z.infer<typeof loudnessSchema>>;
export type Track = Readonly<z.infer<typeof trackSchema>>;
export type AlbumKind = z.infer<typeof albumKindSchema>;
export type AlbumSummary = Readonly<z.infer<typeof albumSummarySchema>>;
export type Disc = Readonly<z.infer<typeof discSchema>>;
export type Album = Readonly<z.infer<typeof albumSchema>>;
export type ArtistSummary = Readonly<z.infer<typeof artistSummarySchema>>;
export type Artist = Readonly<z.infer<typeof artistSchema>>;
export type GenreSummary = Readonly<z.infer<typeof genreSummarySchema>>;
export type Genre = Readonly<z.infer<typeof genreSchema>>;
export type AlbumPage = Readonly<z.infer<typeof albumPageSchema>>;
export type TrackPage = Readonly<z.infer<typeof trackPageSchema>>;
export type ArtistPage = Readonly<z.infer<typeof artistPageSchema>>;
export type GenrePage = Readonly<z.infer<typeof genrePageSchema>>;
export type AlbumOrder = z.infer<typeof albumOrderSchema>;
export type Home = Readonly<z.infer<typeof homeSchema>>;
export type BestMatch = Readonly<z.infer<typeof bestMatchSchema>>;
export type SearchKind = z.infer<typeof searchKindSchema>;
export type SearchRequest = Readonly<z.input<typeof searchRequestSchema>>;
export type SearchReply = Readonly<z.infer<typeof searchReplySchema>>;
export type MediaAddress = Readonly<z.infer<typeof mediaAddressSchema>>;
export type Lyrics = Readonly<z.infer<typeof lyricsSchema>>;
export type TrackDetails = Readonly<z.infer<typeof trackDetailsSchema>>;
export type ServiceInfo = Readonly<z.infer<typeof serviceInfoSchema>>;
export type Problem = Readonly<z.infer<typeof problemSchema>>;
