import { describe, expect, it } from 'vitest';
import { namesFromPath, withoutDiscSuffix } from './names-from-path.ts';
import type { PathNames } from './names-from-path.ts';

const cases: readonly (readonly [path: string, names: Partial<PathNames>])[] = [
  [
    'Kraftwerk/Autobahn/01 - Autobahn.flac',
    { artist: 'Kraftwerk', album: 'Autobahn', trackNumber: 1, title: 'Autobahn' },
  ],
  ['Kraftwerk/Autobahn/02. Kometenmelodie 1.flac', { trackNumber: 2, title: 'Kometenmelodie 1' }],
  ['Kraftwerk/Autobahn/03 Kometenmelodie 2.flac', { trackNumber: 3, title: 'Kometenmelodie 2' }],
  ['Kraftwerk/Autobahn/04_Mitternacht.flac', { trackNumber: 4, title: 'Mitternacht' }],
  ['Nena/Nena/99 Luftballons.mp3', { trackNumber: null, title: '99 Luftballons' }],
  ['Ariana/Thank U, Next/7 rings.mp3', { trackNumber: null, title: '7 rings' }],
  ['Nena - 99 Luftballons.mp3', { artist: 'Nena', album: null, title: '99 Luftballons', trackNumber: null }],
  ['01 - Nena - 99 Luftballons.mp3', { artist: 'Nena', title: '99 Luftballons', trackNumber: 1 }],
  [
    'Nena - 99 Luftballons (1983)/05 - Kino.mp3',
    { artist: 'Nena', album: '99 Luftballons', releaseDate: '1983', title: 'Kino' },
  ],
  [
    'Pink Floyd/1979 - The Wall/CD 2/03 - Vera.flac',
    {
      artist: 'Pink Floyd',
      album: 'The Wall',
      releaseDate: '1979',
      discNumber: 2,
      trackNumber: 3,
      title: 'Vera',
      albumFolder: 'Pink Floyd/1979 - The Wall',
    },
  ],
  [
    'Pink Floyd/The Wall (Disc 1)/01 In the Flesh.flac',
    { album: 'The Wall', discNumber: 1, albumFolder: 'Pink Floyd/The Wall' },
  ],
  [
    'Smetana/Má vlast/Disc 2 - Live in Brno/01. Šárka.ogg',
    { discNumber: 2, discTitle: 'Live in Brno', title: 'Šárka', album: 'Má vlast' },
  ],
  ['Beatles/White Album/1-07 Happiness.mp3', { discNumber: 1, trackNumber: 7, title: 'Happiness' }],
  ['Various Artists/Hits/03 - Ada - Blue.mp3', { trackNumber: 3, artist: 'Ada', title: 'Blue' }],
  ['Ada/Songs/03 - Blue - Remix.mp3', { artist: 'Ada', title: 'Blue - Remix' }],
  ['Ada/Lieder/03 - Ada - Blue.mp3', { artist: 'Ada', title: 'Blue' }],
  ['Ada - Lieder - 03 - Blue.mp3', { artist: 'Ada', album: 'Lieder', trackNumber: 3, title: 'Blue' }],
  ['albums/original_soundtrack/menu.opus', { artist: null, album: 'original soundtrack', title: 'menu' }],
  ['snd/frozen-mainzik-1p.ogg', { artist: null, album: null, title: 'frozen-mainzik-1p' }],
  ['Ada/Lieder [FLAC 24-96]/some_file_name.flac', { album: 'Lieder', title: 'some file name' }],
  ['Ada/Disco/01.mp3', { album: 'Disco', title: '01' }],
  ['.mp3', { title: 'Untitled' }],
];

describe('names from a path', () => {
  it.each(cases)('reads %s', (path, names) => {
    expect(namesFromPath(path)).toMatchObject(names);
  });

  it('keeps a folder that is called like a disc when no album is above it', () => {
    expect(namesFromPath('CD 1/01 - Song.mp3')).toMatchObject({ album: 'CD 1', discNumber: null });
  });

  it.each([
    ['Album (Disc 2)', 'Album', 2],
    ['Album CD1', 'Album', 1],
    ['Album [CD 3]', 'Album', 3],
    ['Disco 2000', 'Disco 2000', null],
    ['CD 1', 'CD 1', null],
  ])('takes the disc off the title %s', (title, name, disc) => {
    expect(withoutDiscSuffix(title)).toEqual({ name, disc });
  });
});
