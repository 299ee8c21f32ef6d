import type { Track } from '../../src/contract/catalog-http.ts';
import { trackIdFor } from './track-cache-fixture.ts';

/** A track as the catalog gives it; only what matters to a test is named. */
export const buildTrack = (name: string, changes: Partial<Track> = {}): Track => ({
  id: trackIdFor(name),
  title: name,
  artists: [{ id: trackIdFor('artist'), name: 'Ünder Öne' }],
  album: { id: trackIdFor('album'), title: 'Album' },
  artwork: null,
  discNumber: 1,
  trackNumber: 1,
  durationMs: 180_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays: null,
  format: {
    codec: 'flac',
    contentType: 'audio/flac',
    lossless: true,
    sampleRateHz: 44_100,
    channels: 2,
    bitDepth: 16,
    bitrateBps: 900_000,
  },
  loudness: null,
  hasLyrics: false,
  ...changes,
});
