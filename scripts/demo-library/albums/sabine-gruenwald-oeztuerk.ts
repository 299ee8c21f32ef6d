import { minimalOrgan } from '../ensembles/minimal-organ.ts';
import type { DemoAlbum, Format } from './album.ts';
import { whole } from './album.ts';

const SABINE = ['Sabine Grünwald-Öztürk'] as const;
const OPUS: Format = { kind: 'opus', kilobits: 46 };

export const NACHTFALTER: DemoAlbum = {
  title: 'Nachtfalter',
  artist: SABINE[0],
  released: '2019-12-06',
  kind: 'album',
  genre: 'Minimal',
  label: 'Empore',
  catalogueNumber: 'EMP 3',
  cover: 'nachtfalter',
  discs: [
    {
      tracks: [
        whole(
          SABINE,
          'Nachtfalter',
          OPUS,
          11_940,
          minimalOrgan({
            name: 'Nachtfalter',
            beatsPerMinute: 138,
            chart: 'Em9 | % | Cmaj7 | % | G6 | D | Am7 | Cmaj7 | Em9 | D/F# | Gadd9 | Cmaj7 | Em9',
            beatsPerBar: 4,
            figures: [
              [0, 2, 1, 3, 2],
              [3, 1, 2, 0, 1, 2],
            ],
            pedalFrom: 16,
          }),
        ),
        whole(
          SABINE,
          'Lampenkreis',
          OPUS,
          5_037,
          minimalOrgan({
            name: 'Lampenkreis',
            beatsPerMinute: 126,
            chart: 'Fadd9 | % | Dm7 | % | Bbmaj7 | C | Am7 | Dm7 | Bbmaj7 | C | Fadd9',
            beatsPerBar: 4,
            figures: [
              [0, 1, 2, -1, 3, 2, 1],
              [2, 3, -1, 1],
            ],
            pedalFrom: 24,
          }),
        ),
        whole(
          SABINE,
          'Zwischenstromland',
          OPUS,
          3_856,
          minimalOrgan({
            name: 'Zwischenstromland',
            beatsPerMinute: 150,
            chart: 'Cm9 | % | Ebmaj7 | Bb | Fm9 | Abmaj7 | Cm9 | Gm7 | Abmaj7 | Bb | Cadd9',
            beatsPerBar: 5,
            figures: [
              [0, 3, 1, 2, 0, 2],
              [1, 2, 3, -1, 2],
            ],
            pedalFrom: 20,
          }),
        ),
      ],
    },
  ],
};
