/** What was read of other programs, in portions small enough to be handed from one thread to another without anybody noticing. */
import type { ExchangeAlbum, ExchangePlaylist, ExchangeTrack } from '../../core/exchange/exchange.ts';
import type { PlannableBundle, PlayedTrack } from '../../core/exchange/import-plan.ts';
import { assertNever } from '../../core/playback/assert-never.ts';

type ImportPiece =
  | { readonly kind: 'playlist'; readonly name: string; readonly description: string }
  /** Of the playlist that was begun last. */
  | { readonly kind: 'track'; readonly track: ExchangeTrack }
  | { readonly kind: 'saved_track'; readonly track: ExchangeTrack }
  | { readonly kind: 'saved_album'; readonly album: ExchangeAlbum }
  | { readonly kind: 'saved_artist'; readonly name: string }
  | { readonly kind: 'played'; readonly track: PlayedTrack };
export type ImportPortion = readonly ImportPiece[];

export const MOST_PORTION_PIECES = 500;

function* piecesOf(bundle: PlannableBundle): Generator<ImportPiece, void, void> {
  for (const { name, description, tracks } of bundle.playlists) {
    yield { kind: 'playlist', name, description };
    for (const track of tracks) yield { kind: 'track', track };
  }
  for (const track of bundle.savedTracks) yield { kind: 'saved_track', track };
  for (const album of bundle.savedAlbums) yield { kind: 'saved_album', album };
  for (const name of bundle.savedArtists) yield { kind: 'saved_artist', name };
  for (const track of bundle.played) yield { kind: 'played', track };
}

export function* portionsOf(bundle: PlannableBundle): Generator<ImportPortion, void, void> {
  let portion: ImportPiece[] = [];
  for (const piece of piecesOf(bundle)) {
    portion.push(piece);
    if (portion.length < MOST_PORTION_PIECES) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

export interface GatheredBundle {
  /** In their order. */
  add(portion: ImportPortion): void;
  bundle(): PlannableBundle;
}

export const gatherBundle = (): GatheredBundle => {
  const playlists: (ExchangePlaylist & { readonly tracks: ExchangeTrack[] })[] = [];
  const savedTracks: ExchangeTrack[] = [];
  const savedAlbums: ExchangeAlbum[] = [];
  const savedArtists: string[] = [];
  const played: PlayedTrack[] = [];
  const addOne = (piece: ImportPiece): unknown => {
    switch (piece.kind) {
      case 'playlist':
        return playlists.push({ name: piece.name, description: piece.description, tracks: [] });
      case 'track':
        return playlists.at(-1)?.tracks.push(piece.track);
      case 'saved_track':
        return savedTracks.push(piece.track);
      case 'saved_album':
        return savedAlbums.push(piece.album);
      case 'saved_artist':
        return savedArtists.push(piece.name);
      case 'played':
        return played.push(piece.track);
      default:
        return assertNever(piece);
    }
  };
  return {
    add: (portion) => portion.forEach(addOne),
    bundle: () => ({ playlists, savedTracks, savedAlbums, savedArtists, played }),
  };
};
