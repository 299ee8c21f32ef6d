import { musette } from '../ensembles/musette.ts';
import type { DemoAlbum, Format } from './album.ts';
import { whole } from './album.ts';

const ANAIS = ['Anaïs Lefèvre'] as const;
const VORBIS: Format = { kind: 'vorbis', quality: 0 };

export const PETITE_MECANIQUE: DemoAlbum = {
  title: 'Petite mécanique',
  artist: ANAIS[0],
  released: '2020-10-09',
  kind: 'album',
  genre: 'Folk',
  label: 'Atelier Remontoir',
  catalogueNumber: 'AR-12',
  cover: 'petite-mecanique',
  discs: [
    {
      tracks: [
        {
          ...whole(
            ANAIS,
            'La valse des engrenages',
            VORBIS,
            15_520,
            musette({
              name: 'La valse des engrenages',
              beatsPerMinute: 174,
              key: { tonic: 'D', mode: 'harmonicMinor' },
              chart:
                'Dm | % | Gm | % | A7 | % | Dm | % | Dm | D7 | Gm | C7 | Fmaj7 | Bb | A7 | Dm | Gm | A7 | Dm | Dm',
              motif: '4:1 3:.5 4:.5 5:1 4:1 2:1 0:1',
              variations: [
                'plain',
                'lower',
                'turned',
                'plain',
                'higher',
                'plain',
                'lower',
                'turned',
                'answer',
              ],
              lead: 'accordion',
              introBars: 2,
            }),
          ),
          words: {
            kind: 'plain',
            text: [
              'Petite roue, grande roue,',
              'tournez donc, tournez pour nous,',
              'une dent après une dent,',
              'on remonte un peu le temps.',
              '',
              'Et quand le ressort s’endort,',
              'on le réveille, on tourne encore.',
            ].join('\n'),
          },
        },
        whole(
          ANAIS,
          'Boîte à musique pour Odile',
          VORBIS,
          7_205,
          musette({
            name: 'Boîte à musique pour Odile',
            beatsPerMinute: 138,
            key: { tonic: 'G', mode: 'major' },
            chart: 'G | D/F# | Em | Bm7 | C | G/B | Am7 | D7 | G | D/F# | Em | C | Am7 | D7 | G | G',
            motif: '0:.5 2:.5 4:1 3:.5 2:.5 1:2 r:1',
            variations: ['plain', 'higher', 'turned', 'plain', 'higher', 'plain', 'answer'],
            lead: 'music box',
            introBars: 2,
          }),
        ),
        whole(
          ANAIS,
          'L’horloger de la rue d’Aboukir',
          VORBIS,
          4_988,
          musette({
            name: 'L’horloger de la rue d’Aboukir',
            beatsPerMinute: 186,
            key: { tonic: 'A', mode: 'minor' },
            chart:
              'Am | % | Dm | % | E7 | % | Am | % | F | C | Dm | Am | Bm7b5 | E7 | Am | A7 | Dm | Am | E7 | Am | Am',
            motif: '0:1 1:1 2:1 4:1.5 3:.5 2:1',
            variations: [
              'plain',
              'higher',
              'turned',
              'answer',
              'higher',
              'plain',
              'lower',
              'plain',
              'answer',
            ],
            lead: 'accordion',
            introBars: 2,
          }),
        ),
      ],
    },
  ],
};
