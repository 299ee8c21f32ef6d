import type { Track } from '../../src/contract/catalog-http.ts';
import { idOf } from '../builders/catalog-records.ts';

const TRACKS_OF_ALBUM = 10;
const ALBUMS_OF_ARTIST = 5;

/** Tracks number `first` and up, ten to an album, five albums to an artist; each always the same. */
export const manyTracks = (count: number, first = 0): readonly Track[] =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const album = Math.floor(number / TRACKS_OF_ALBUM);
    const artist = Math.floor(album / ALBUMS_OF_ARTIST);
    return {
      id: idOf('track', String(number)),
      title: `Song ${number}`,
      artists: [{ id: idOf('artist', String(artist)), name: `Band ${artist}` }],
      album: { id: idOf('album', String(album)), title: `Record ${album}` },
      artwork: null,
      discNumber: 1,
      trackNumber: (number % TRACKS_OF_ALBUM) + 1,
      durationMs: 180_000,
      explicit: false,
      genres: [{ id: 'jazz', name: 'Jazz' }],
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
    };
  });
