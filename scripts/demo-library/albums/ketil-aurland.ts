import { soloPiano } from '../ensembles/solo-piano.ts';
import type { DemoAlbum } from './album.ts';
import { whole } from './album.ts';

const KETIL = ['Ketil Aurland'] as const;

/** What a recorder leaves behind: no tags at all, the names are in the path. */
export const GRAA: DemoAlbum = {
  title: 'Grå',
  artist: KETIL[0],
  released: '2018',
  kind: 'album',
  genre: 'Piano',
  label: '',
  catalogueNumber: '',
  cover: 'graa',
  discs: [
    {
      tracks: [
        whole(
          KETIL,
          'Støv',
          { kind: 'wav', sampleRateHz: 12_000 },
          3_410,
          soloPiano({
            name: 'Støv',
            beatsPerMinute: 80,
            beatsPerBar: 4,
            key: { tonic: 'D', mode: 'minor' },
            chart: 'Dm9 | Bbmaj7 | Fmaj7 | C | Gm9 | Dm9',
            motif: '0:1 2:.5 1:.5 4:2',
            variations: ['plain', 'turned', 'higher', 'lower', 'answer'],
            figure: [0, 1, 2, 1],
            introBars: 1,
          }),
        ),
        whole(
          KETIL,
          'Snø over Røros',
          { kind: 'aac', kilobits: 56 },
          4_126,
          soloPiano({
            name: 'Snø over Røros',
            beatsPerMinute: 96,
            beatsPerBar: 3,
            key: { tonic: 'G', mode: 'major' },
            chart: 'Gmaj7 | Bm7 | Cmaj7 | G/B | Am9 | Em7 | Cmaj7 | D | Em7 | Cmaj7 | Gmaj7',
            motif: '4:1.5 2:.5 1:1',
            variations: [
              'plain',
              'higher',
              'plain',
              'turned',
              'higher',
              'plain',
              'backwards',
              'lower',
              'answer',
            ],
            figure: [0, 1, 2, 3, 2, 1],
            introBars: 1,
          }),
        ),
        whole(
          KETIL,
          'Grått lys',
          { kind: 'aac', kilobits: 56 },
          2_004,
          soloPiano({
            name: 'Grått lys',
            beatsPerMinute: 63,
            beatsPerBar: 4,
            key: { tonic: 'E', mode: 'minor' },
            chart: 'Em9 | Cmaj7 | Am9 | Bm7 | Em9',
            motif: '2:1 1:1 0:2',
            variations: ['plain', 'higher', 'turned', 'answer'],
            figure: [0, 2, 1, 2, 3, 2, 1, 2],
            introBars: 1,
          }),
        ),
      ],
    },
  ],
};
