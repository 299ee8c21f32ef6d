import type { ImportPreview } from '../../contract/exchange.ts';
import type { ReadFiles } from './formats/read-files.ts';

export const previewOf = ({ bundle, read, failed }: ReadFiles): ImportPreview => ({
  files: read,
  failed: failed.map(({ name, error }) => ({ name, fault: error.fault, line: error.line })),
  playlists: bundle.playlists.map(({ name, tracks }) => ({ name, tracks: tracks.length })),
  savedTracks: bundle.savedTracks.length,
  savedAlbums: bundle.savedAlbums.length,
  savedArtists: bundle.savedArtists.length,
  plays: bundle.plays.length,
  leftOut: bundle.leftOut,
});
