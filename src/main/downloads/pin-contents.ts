import { z } from 'zod';
import {
  albumSchema,
  albumSummarySchema,
  artistSchema,
  artworkSchema,
  trackSchema,
  type Artwork,
  type Track,
} from '../../contract/catalog-http.ts';
import { pinSourceSchema, type PinSource } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';

/** What is kept of a source, as the catalog gave it: enough to browse, search and play it without any network or index. */
export const pinContentsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('album'), album: albumSchema }),
  z.object({
    kind: z.literal('artist'),
    artist: artistSchema,
    albums: z.array(albumSummarySchema).readonly(),
    tracks: z.array(trackSchema).readonly(),
  }),
  z.object({ kind: z.literal('track'), track: trackSchema }),
  /** Of the listener's library. `title` is empty for the liked tracks. */
  z.object({
    kind: z.literal('list'),
    source: pinSourceSchema,
    title: z.string(),
    artwork: artworkSchema.nullable(),
    tracks: z.array(trackSchema).readonly(),
  }),
]);
/** What a playlist or the liked tracks are now. */
export type PinnedList = Omit<Extract<z.infer<typeof pinContentsSchema>, { readonly kind: 'list' }>, 'kind'>;
export type PinContents = Readonly<z.infer<typeof pinContentsSchema>>;

/** As it lies on the disk, one file a pin. */
export const pinDocumentSchema = z.object({
  version: z.literal(1),
  source: pinSourceSchema,
  addedAt: z.iso.datetime(),
  /** When the catalog last gave these contents. */
  checkedAt: z.iso.datetime(),
  contents: pinContentsSchema,
});
export type PinDocument = Readonly<z.infer<typeof pinDocumentSchema>>;

/** Names a pin in memory and on the disk. */
export const keyOf = (source: PinSource): string => `${source.kind}-${source.id}`;

const PIN_FILE = /^(album|artist|track|playlist|saved-tracks)-([0-9a-z]{20})\.json$/;

/** The source that a file's name tells; null for any other file. */
export const sourceOfFile = (name: string): PinSource | null => {
  const [, kind, id] = PIN_FILE.exec(name) ?? [];
  return pinSourceSchema.safeParse({ kind, id }).data ?? null;
};

const listed = (contents: PinContents): readonly Track[] => {
  switch (contents.kind) {
    case 'album':
      return contents.album.discs.flatMap((disc) => disc.tracks);
    case 'artist':
    case 'list':
      return contents.tracks;
    case 'track':
      return [contents.track];
    default:
      return assertNever(contents);
  }
};

/** Its tracks in the order they are fetched, each once. */
export const tracksOf = (contents: PinContents): readonly Track[] =>
  Array.from(new Map(listed(contents).map((track) => [track.id, track])).values());

export interface PinHeading {
  readonly title: string;
  readonly artists: string;
  readonly artwork: Artwork | null;
}

const namesOf = (artists: Track['artists']): string => artists.map(({ name }) => name).join(', ');

export const headingOf = (contents: PinContents): PinHeading => {
  switch (contents.kind) {
    case 'album': {
      const { title, artists, artwork } = contents.album;
      return { title, artists: namesOf(artists), artwork };
    }
    case 'artist':
      return { title: contents.artist.name, artists: '', artwork: contents.artist.artwork };
    case 'track': {
      const { title, artists, artwork } = contents.track;
      return { title, artists: namesOf(artists), artwork };
    }
    case 'list':
      return { title: contents.title, artists: '', artwork: contents.artwork };
    default:
      return assertNever(contents);
  }
};

const withoutPlays = (contents: PinContents): string =>
  JSON.stringify(contents, (name, value: unknown) => (name === 'plays' ? null : value));

/** Whether it is worth writing down anew. How often something was played elsewhere is not. */
export const isSameContents = (left: PinContents, right: PinContents): boolean =>
  withoutPlays(left) === withoutPlays(right);
