import type { Piece } from '../score/render.ts';
import type { CoverName } from '../covers/covers.ts';

/** Every container and codec that a browser plays as it is. Rates are in kbit/s, Vorbis has a quality. */
export type Format =
  | { readonly kind: 'opus'; readonly kilobits: number }
  | { readonly kind: 'vorbis'; readonly quality: number }
  | { readonly kind: 'mp3'; readonly kilobits: number }
  | { readonly kind: 'm4a'; readonly kilobits: number }
  /** ADTS frames: knows no tags, its names come from the path. */
  | { readonly kind: 'aac'; readonly kilobits: number }
  | { readonly kind: 'flac' }
  /** Mono and untagged, named by its path. */
  | { readonly kind: 'wav'; readonly sampleRateHz: number };

/** A piece of its own, or a cut from one that goes on in the next track without a sample in between. */
export type Music =
  | { readonly kind: 'whole'; readonly piece: Piece }
  | { readonly kind: 'cut'; readonly piece: Piece; readonly fromSample: number; readonly toSample?: number };

export type Words =
  | { readonly kind: 'plain'; readonly text: string }
  /** Written as an `.lrc` file beside the track. */
  | { readonly kind: 'synced'; readonly lines: readonly { readonly beat: number; readonly text: string }[] };

export interface DemoTrack {
  readonly title: string;
  /** The first is the main artist, the others are guests. */
  readonly artists: readonly [string, ...string[]];
  readonly music: Music;
  readonly format: Format;
  readonly plays: number;
  readonly words?: Words;
  /** Set where the album is a mixture. */
  readonly genre?: string;
}

export interface DemoDisc {
  readonly subtitle?: string;
  readonly tracks: readonly DemoTrack[];
}

export interface DemoAlbum {
  readonly title: string;
  readonly artist: string;
  /** A year, a month or a day, as ISO 8601 writes them. */
  readonly released: string;
  readonly kind: 'album' | 'ep' | 'single' | 'compilation';
  readonly genre: string;
  readonly label: string;
  readonly catalogueNumber: string;
  readonly cover: CoverName;
  readonly discs: readonly DemoDisc[];
}

export const COMPILATION_ARTIST = 'Various Artists';

/** A track that is a piece of its own, by the artist of the album unless said otherwise. */
export function whole(
  artists: DemoTrack['artists'],
  title: string,
  format: Format,
  plays: number,
  piece: Piece,
): DemoTrack {
  return { title, artists, music: { kind: 'whole', piece }, format, plays };
}
