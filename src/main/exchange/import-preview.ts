import type { ImportPreview } from '../../contract/exchange.ts';
import { countsHere } from '../../core/exchange/import-plan.ts';
import type { ReadFiles } from './formats/read-files.ts';

export const previewOf = ({ bundle, read, failed }: ReadFiles): ImportPreview => ({
  files: read,
  failed: failed.map(({ name, error }) => ({ name, fault: error.fault, line: error.line })),
  playlists: bundle.playlists.map(({ name, tracks }) => ({ name, tracks: tracks.length })),
  savedTracks: bundle.savedTracks.length,
  savedAlbums: bundle.savedAlbums.length,
  savedArtists: bundle.savedArtists.length,
  plays: bundle.plays.filter(countsHere).length,
  passedPlays: bundle.plays.filter((play) => !countsHere(play)).length,
  leftOut: bundle.leftOut,
});
