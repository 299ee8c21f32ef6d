import { synthPop } from '../ensembles/synth-pop.ts';
import type { DemoAlbum, Format } from './album.ts';
import { whole } from './album.ts';

const PARADE = ['The Quiet Parade'] as const;
const M4A: Format = { kind: 'm4a', kilobits: 64 };

export const MUNICIPAL_POOL: DemoAlbum = {
  title: 'Municipal Pool',
  artist: PARADE[0],
  released: '2026-05-29',
  kind: 'album',
  genre: 'Synth-pop',
  label: 'Lido Records',
  catalogueNumber: 'LIDO 4',
  cover: 'municipal-pool',
  discs: [
    {
      tracks: [
        whole(
          PARADE,
          'Changing Rooms',
          M4A,
          10_733,
          synthPop({
            name: 'Changing Rooms',
            beatsPerMinute: 118,
            key: { tonic: 'A', mode: 'major' },
            chart: 'A | E | F#m7 | Dadd9 | A | E | F#m7 | Dadd9 | Bm7 | E | A',
            motif: '0:.5 0:.5 2:1 1:.5 0:.5 1:1 r:.5 2:.5 4:1 2:.5 1:1 r:.5',
            variations: ['plain', 'higher', 'plain', 'answer'],
            introBars: 2,
            arpeggio: [0, 1, 2, 3, 2, 1],
            bass: 'x.x.x.x.',
            kick: 'X... ..x. X... ....',
            centre: 69,
          }),
        ),
        {
          ...whole(
            PARADE,
            'Deep End',
            M4A,
            27_845,
            synthPop({
              name: 'Deep End',
              beatsPerMinute: 108,
              key: { tonic: 'E', mode: 'minor' },
              chart: 'Em7 | Cmaj7 | G | D | Em7 | Cmaj7 | G | D | Am7 | Cmaj7 | Em7',
              motif: '4:.5 3:.5 2:.5 2:1 r:.5 1:.5 0:.5 1:.5 2:.5 3:1 2:1 r:1',
              variations: ['plain', 'higher', 'plain', 'answer'],
              introBars: 2,
              arpeggio: [0, 2, 1, 3],
              bass: 'x..x..x. x..x..xo',
              kick: 'X... x... X.x. x...',
            }),
          ),
          words: {
            kind: 'synced',
            lines: [
              { beat: 0, text: '' },
              { beat: 8, text: 'They turned the lights off over lane number three' },
              { beat: 16, text: 'The water kept the shape of you and of me' },
              { beat: 24, text: 'I count the tiles until the counting is done' },
              { beat: 32, text: 'The deep end holds a little bit of the sun' },
              { beat: 40, text: '' },
            ],
          },
        },
        whole(
          PARADE,
          'Lifeguard, Off Duty',
          M4A,
          8_442,
          synthPop({
            name: 'Lifeguard, Off Duty',
            beatsPerMinute: 126,
            key: { tonic: 'D', mode: 'major' },
            chart: 'D | Bm7 | G | A | D | Bm7 | G | A | Em7 | Gadd9 | A | D',
            motif: '2:1 1:.5 0:.5 2:.5 4:.5 5:1 4:.5 2:.5 1:1 0:1 r:1',
            variations: ['plain', 'higher', 'turned', 'plain', 'answer'],
            introBars: 1,
            arpeggio: [3, 2, 1, 0, 1, 2],
            bass: 'x.xx x.xx x.xx xoxx',
            kick: 'X... X... X... X..x',
            centre: 71,
          }),
        ),
        whole(
          [PARADE[0], 'Anaïs Lefèvre', 'Kōji Hamasaki'],
          'Chlorine Summer',
          M4A,
          12_290,
          synthPop({
            name: 'Chlorine Summer',
            beatsPerMinute: 96,
            key: { tonic: 'F', mode: 'major' },
            chart: 'Fmaj7 | Am7 | Bbmaj7 | C | Dm7 | Am7 | Bbmaj7 C | F',
            motif: '0:1 2:.5 4:1.5 3:.5 2:.5',
            variations: ['plain', 'turned', 'plain', 'higher', 'lower', 'answer'],
            introBars: 1,
            arpeggio: [0, 1, 2, 1, 3, 1, 2, 1],
            bass: 'x... ..x. x.o. ..x.',
            kick: 'X... .... ..X. ....',
            centre: 69,
          }),
        ),
      ],
    },
  ],
};
