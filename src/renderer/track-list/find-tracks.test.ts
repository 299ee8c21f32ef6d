import { describe, expect, it } from 'vitest';
import type { Track } from '../../contract/catalog-http.ts';
import { findableTracks } from './find-tracks.ts';

const track = (title: string, artist: string): Track =>
  ({
    title,
    artists: [{ id: 'a', name: artist }],
    album: { id: 'b', title: 'Flussabwärts' },
  }) as unknown as Track;
const tracks = [track('Wehr bei Nacht', 'Lene Wörner Trio'), track('Altarm', 'Mira Oyelaran')];
const titles = (query: string): readonly string[] => findableTracks(tracks)(query).map(({ title }) => title);

describe('finding in a list', () => {
  it('keeps the tracks that hold every word, wherever it stands and without its accents', () => {
    expect(titles('worner nacht')).toEqual(['Wehr bei Nacht']);
    expect(titles('MIRA')).toEqual(['Altarm']);
    expect(titles('flussabwarts')).toHaveLength(2);
    expect(titles('quellgebiet')).toEqual([]);
  });

  it('keeps the list itself while there is nothing to look for', () => {
    expect(findableTracks(tracks)('  ')).toBe(tracks);
  });
});
