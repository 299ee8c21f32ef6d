import { jazzTrio } from '../ensembles/jazz-trio.ts';
import { VIBRAPHONE } from '../instruments/mallets.ts';
import type { DemoAlbum, Format } from './album.ts';
import { whole } from './album.ts';

const TRIO = ['Lene Wörner Trio'] as const;
const OPUS: Format = { kind: 'opus', kilobits: 46 };
const VORBIS: Format = { kind: 'vorbis', quality: 0 };

export const FLUSSABWAERTS: DemoAlbum = {
  title: 'Flussabwärts',
  artist: TRIO[0],
  released: '2024-03-15',
  kind: 'album',
  genre: 'Jazz',
  label: 'Steinbruch',
  catalogueNumber: 'SB 014',
  cover: 'flussabwaerts',
  discs: [
    {
      tracks: [
        whole(
          TRIO,
          'Quellgebiet',
          OPUS,
          18_204,
          jazzTrio({
            name: 'Quellgebiet',
            beatsPerMinute: 76,
            feel: 'ballad',
            key: { tonic: 'Eb', mode: 'major' },
            chart: 'Ebmaj9 | Cm9 | Fm9 | Bb13 | Gm7 C7b9 | Fm9 Bb7sus4 | Ebmaj9',
            motif: '0:1 1:.5 2:.5 4:1.5 3:.5',
            variations: ['plain', 'higher', 'turned', 'lower', 'backwards', 'answer'],
            introBars: 1,
          }),
        ),
        whole(
          TRIO,
          'Furt',
          OPUS,
          12_077,
          jazzTrio({
            name: 'Furt',
            beatsPerMinute: 156,
            feel: 'waltz',
            key: { tonic: 'C', mode: 'major' },
            chart:
              'Dm9 | G13 | Cmaj9 | Am7 | Dm9 | G13 | Em7 | A7b9 | Fmaj7 | Fm6 | Em7 | A7 | Dm9 | G7sus4 | Cmaj9 | Am7 | Dm9 | G13 | Cmaj9',
            motif: '0:1 2:1 4:1 3:2 1:1',
            variations: ['plain', 'higher', 'plain', 'turned', 'higher', 'plain', 'lower', 'answer'],
            introBars: 2,
          }),
        ),
        whole(
          TRIO,
          'Kiesbett',
          OPUS,
          31_418,
          jazzTrio({
            name: 'Kiesbett',
            beatsPerMinute: 144,
            feel: 'swing',
            key: { tonic: 'C', mode: 'dorian' },
            chart:
              'Cm9 | F13 | Cm9 | F13 | Abmaj7 | G7b9 | Cm9 | Dm7b5 G7b9 | Cm9 | F13 | Bbmaj9 | Ebmaj7 | Dm7b5 | G7b9 | Cm9',
            motif: '0:.5 2:.5 3:1 4:.5 2:.5 r:1 4:.5 5:.5 4:1 2:.5 0:.5 r:1',
            variations: ['plain', 'higher', 'plain', 'turned', 'plain', 'answer'],
            introBars: 2,
          }),
        ),
        whole(
          TRIO,
          'Neun Brücken (für Tante Gerda, die sie alle zu Fuß überquerte)',
          OPUS,
          9_640,
          jazzTrio({
            name: 'Neun Brücken',
            beatsPerMinute: 126,
            feel: 'even',
            key: { tonic: 'A', mode: 'dorian' },
            chart: 'Am9 | % | Fmaj7 | G6 | Am9 | D9 | Fmaj7 | Em7 | Dm9 | G6 | Cmaj9 | Am9',
            motif: '0:.5 r:.5 0:.5 2:.5 4:1 3:.5 1:.5',
            variations: [
              'plain',
              'plain',
              'higher',
              'backwards',
              'plain',
              'higher',
              'turned',
              'lower',
              'answer',
            ],
            introBars: 2,
          }),
        ),
        whole(
          [TRIO[0], 'Mira Oyelaran'],
          'Altarm',
          OPUS,
          14_870,
          jazzTrio({
            name: 'Altarm',
            beatsPerMinute: 78,
            feel: 'ballad',
            key: { tonic: 'F', mode: 'major' },
            chart: 'Fmaj9 | Dm9 | Bbmaj9 | C13 | Am7 D7b9 | Gm9 C7sus4 | Fmaj9',
            motif: '2:.5 1:.5 0:1 4:1 5:.5 4:.5',
            variations: ['plain', 'turned', 'higher', 'plain', 'lower', 'answer'],
            introBars: 1,
            guest: VIBRAPHONE,
            centre: 72,
          }),
        ),
      ],
    },
  ],
};

export const LOESS: DemoAlbum = {
  title: 'Löss',
  artist: TRIO[0],
  released: '2022',
  kind: 'album',
  genre: 'Jazz',
  label: 'Steinbruch',
  catalogueNumber: 'SB 009',
  cover: 'loess',
  discs: [
    {
      tracks: [
        whole(
          TRIO,
          'Lösskante',
          VORBIS,
          21_002,
          jazzTrio({
            name: 'Lösskante',
            beatsPerMinute: 152,
            feel: 'swing',
            key: { tonic: 'Bb', mode: 'major' },
            chart:
              'Bbmaj7 G7b9 | Cm9 F13 | Dm7 G7 | Cm9 F13 | Fm9 Bb13 | Ebmaj7 | Cm9 F13 | Bbmaj9 | Ebmaj9 | Dm7 G7b9 | Cm9 | F13 | Bb6',
            motif: '0:.5 1:.5 2:.5 4:.5 5:1 4:.5 2:.5',
            variations: [
              'plain',
              'backwards',
              'higher',
              'thinned',
              'plain',
              'turned',
              'higher',
              'plain',
              'lower',
              'thinned',
              'answer',
            ],
            introBars: 1,
          }),
        ),
        whole(
          TRIO,
          'Windrichtung',
          VORBIS,
          6_480,
          jazzTrio({
            name: 'Windrichtung',
            beatsPerMinute: 144,
            feel: 'waltz',
            key: { tonic: 'G', mode: 'dorian' },
            chart:
              'Gm9 | C9 | Gm9 | C9 | Ebmaj7 | D7b9 | Gm9 | % | Cm9 | F13 | Bbmaj9 | Ebmaj7 | Am7b5 | D7b9 | Gm9 | Gm9',
            motif: '4:1.5 3:.5 2:1 0:2 r:1',
            variations: ['plain', 'lower', 'higher', 'plain', 'turned', 'higher', 'answer'],
            introBars: 2,
          }),
        ),
        whole(
          TRIO,
          'Sediment',
          VORBIS,
          5_115,
          jazzTrio({
            name: 'Sediment',
            beatsPerMinute: 70,
            feel: 'ballad',
            key: { tonic: 'Db', mode: 'major' },
            chart: 'Dbmaj9 | Bbm9 | Gbmaj9 | Ab13 | Ebm9 Ab7sus4 | Dbmaj9',
            motif: '0:1.5 2:.5 3:.5 4:1 2:.5',
            variations: ['plain', 'higher', 'turned', 'lower', 'answer'],
            introBars: 1,
            centre: 70,
          }),
        ),
      ],
    },
  ],
};
