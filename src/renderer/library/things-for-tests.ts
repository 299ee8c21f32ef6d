import type { Track } from '../../contract/catalog-http.ts';
import type { PlaylistHead, ShelfEntry } from '../../contract/library.ts';

/** A track of which only what is named differs. */
export const trackCalled = (id: string, title: string): Track => ({
  id,
  title,
  artists: [{ id: 'a'.repeat(20), name: 'Halden' }],
  album: { id: 'b'.repeat(20), title: 'Low Water Mark' },
  artwork: null,
  discNumber: 1,
  trackNumber: 1,
  durationMs: 60_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays: null,
  format: {
    codec: 'opus',
    contentType: 'audio/ogg',
    lossless: false,
    sampleRateHz: 48_000,
    channels: 2,
    bitDepth: null,
    bitrateBps: 128_000,
  },
  loudness: null,
  hasLyrics: false,
});

export const playlistCalled = (
  id: string,
  name: string,
  other: Partial<PlaylistHead> = {},
): PlaylistHead => ({
  id,
  name,
  description: '',
  picture: { kind: 'covers' },
  artwork: [],
  visibility: 'private',
  rules: null,
  role: 'owner',
  members: [],
  itemCount: 3,
  durationMs: 180_000,
  oldSince: null,
  changedAt: '2026-11-20T10:00:00Z',
  ...other,
});

export const onShelf = (playlist: PlaylistHead): ShelfEntry => ({
  kind: 'playlist',
  key: `playlist:${playlist.id}`,
  playlist,
});

export const folderCalled = (folderId: string, name: string, entries: readonly ShelfEntry[]): ShelfEntry => ({
  kind: 'folder',
  key: `folder:${folderId}`,
  folderId,
  name,
  entries,
});
