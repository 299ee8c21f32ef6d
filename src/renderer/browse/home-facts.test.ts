import { describe, expect, it } from 'vitest';
import type { AlbumSummary, Track } from '../../contract/catalog-http.ts';
import { albumsPlayedLately, chooseHero, mostPlayed } from './home-facts.ts';

const track = (id: string, albumId: string, plays: number | null = null): Track => ({
  id,
  title: id,
  artists: [{ id: 'artist', name: 'Halden' }],
  album: { id: albumId, title: albumId },
  artwork: null,
  discNumber: 1,
  trackNumber: 1,
  durationMs: 1_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays,
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
const played = (...tracks: readonly Track[]) =>
  tracks.map((entry) => ({ track: entry, playedAt: '2026-11-22T10:00:00Z' }));

describe('albums played lately', () => {
  it('stand once each, where they were played last', () => {
    const entries = played(track('1', 'low'), track('2', 'pool'), track('3', 'low'), track('4', 'vatn'));
    expect(albumsPlayedLately(entries, 10).map((album) => album.id)).toEqual(['low', 'pool', 'vatn']);
  });

  it('are no more than fit on the shelf', () => {
    const entries = played(track('1', 'low'), track('2', 'pool'), track('3', 'vatn'));
    expect(albumsPlayedLately(entries, 2)).toHaveLength(2);
  });
});

describe('the most played tracks', () => {
  it('come first, whatever the order they came in', () => {
    const tracks = [track('1', 'a', 10), track('2', 'a', 40), track('3', 'a', 20)];
    expect(mostPlayed(tracks).map(({ id }) => id)).toEqual(['2', '3', '1']);
    expect(tracks.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('are only those that have a figure', () => {
    expect(mostPlayed([track('1', 'a', null), track('2', 'a', 0)])).toEqual([]);
  });
});

describe('the hero of the home page', () => {
  const album = { id: 'new' } as AlbumSummary;

  it('is what was playing, when something was', () => {
    const current = track('1', 'low');
    expect(chooseHero(current, [album])).toEqual({ kind: 'resume', track: current });
  });

  it('is the newest record on a first visit, and nothing in an empty catalog', () => {
    expect(chooseHero(null, [album])).toEqual({ kind: 'newest', album });
    expect(chooseHero(null, [])).toBeNull();
  });
});
