import { dubTechno } from '../ensembles/dub-techno.ts';
import { glacier } from '../ensembles/glacier.ts';
import { jazzTrio } from '../ensembles/jazz-trio.ts';
import { loFi } from '../ensembles/lo-fi.ts';
import { malletBand } from '../ensembles/mallet-band.ts';
import { CLARINET } from '../instruments/synthesisers.ts';
import type { DemoAlbum } from './album.ts';
import { COMPILATION_ARTIST, whole } from './album.ts';

export const STEINBRUCH: DemoAlbum = {
  title: 'Steinbruch 2014–2026',
  artist: COMPILATION_ARTIST,
  released: '2026-10-02',
  kind: 'compilation',
  genre: 'Various',
  label: 'Steinbruch',
  catalogueNumber: 'SB 020',
  cover: 'steinbruch',
  discs: [
    {
      tracks: [
        {
          ...whole(
            ['Lene Wörner Trio', 'Bård Nilsen'],
            'Hafenbecken 4',
            { kind: 'opus', kilobits: 46 },
            7_912,
            jazzTrio({
              name: 'Hafenbecken 4',
              beatsPerMinute: 132,
              feel: 'swing',
              key: { tonic: 'F', mode: 'major' },
              chart:
                'F6 | D7b9 | Gm9 | C13 | Am7 D7 | Gm9 C13 | F6 | Cm9 F13 | Bbmaj7 | Am7 D7b9 | Gm9 C13 | F69',
              motif: '0:1 4:.5 3:.5 2:.5 0:.5 1:1',
              variations: [
                'plain',
                'higher',
                'turned',
                'plain',
                'backwards',
                'higher',
                'plain',
                'lower',
                'thinned',
                'answer',
              ],
              introBars: 1,
              guest: CLARINET,
              centre: 67,
            }),
          ),
          genre: 'Jazz',
        },
        {
          ...whole(
            ['Łucja Żbikowska'],
            'Śnieg na torach',
            { kind: 'opus', kilobits: 46 },
            5_603,
            loFi({
              name: 'Śnieg na torach',
              beatsPerMinute: 78,
              key: { tonic: 'D', mode: 'minor' },
              chart: 'Dm9 | Bbmaj9 | Gm9 | A7b9 | Dm9 | Gm9 A7b9 | Dm9',
              motif: '4:1 3:.5 2:.5 0:1 r:1',
              variations: ['plain', 'higher', 'plain', 'turned', 'answer'],
              lead: 'guitar',
              chords: 'x... ..o. x.o. ..o.',
              kick: 'X... ..x. .x.. ....',
              bass: 'x... ..x. .o.. ....',
            }),
          ),
          genre: 'Hip-Hop',
        },
        {
          ...whole(
            ['Σοφία Νύχτα'],
            'Φάρος',
            { kind: 'vorbis', quality: 0 },
            4_471,
            dubTechno({
              name: 'Φάρος',
              beatsPerMinute: 124,
              chart: 'Dm9 | % | Bbmaj7 | % | Gm9 | % | Am7 | Bbmaj7 | Dm9 | % | Dm9',
              stabs: '.... ..x. x... .... ...x .... ..o. ....',
              bass: 'x..x ..x. .... ..x.',
              hats: 'o.xo o.x. o.xo o.x-',
              introBars: 1,
            }),
          ),
          genre: 'Electronic',
        },
        {
          ...whole(
            ['Aylin Çelik', 'Jónas Þórsson'],
            'Buz',
            { kind: 'opus', kilobits: 48 },
            3_377,
            glacier({
              name: 'Buz',
              beatsPerMinute: 72,
              key: { tonic: 'C', mode: 'minor' },
              chart: 'Cm9 | Abmaj7 | Ebmaj9 | Bb | Fm9 | Cm9',
              bells: '0:1 2:1 r:1 4:1 3:2 r:2',
              variations: ['plain', 'turned', 'answer'],
              runFrom: 4,
              runTo: 20,
            }),
          ),
          genre: 'Ambient',
        },
        {
          ...whole(
            ['Mira Oyelaran'],
            'Harmattan',
            { kind: 'm4a', kilobits: 64 },
            10_158,
            malletBand({
              name: 'Harmattan',
              beatsPerMinute: 104,
              key: { tonic: 'A', mode: 'minor' },
              chart: 'Am7 | F | C | G | Am7 | F | Dm7 | Em7 | F | Am7',
              motif: '0:.75 2:.25 3:.5 4:1 3:.5 2:.5 0:.5',
              variations: ['plain', 'higher', 'plain', 'turned', 'higher', 'backwards', 'answer'],
              figures: [
                [0, 1, 2, 1, 0],
                [2, 0, -1, 1],
              ],
            }),
          ),
          genre: 'World',
        },
      ],
    },
  ],
};
