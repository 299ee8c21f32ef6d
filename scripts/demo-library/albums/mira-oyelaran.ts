import { malletBand } from '../ensembles/mallet-band.ts';
import type { DemoAlbum } from './album.ts';
import { whole } from './album.ts';

export const CORRUGATED: DemoAlbum = {
  title: 'Corrugated',
  artist: 'Mira Oyelaran',
  released: '2026-11-20',
  kind: 'single',
  genre: 'Electronic',
  label: 'Lido Records',
  catalogueNumber: 'LIDO 7',
  cover: 'corrugated',
  discs: [
    {
      tracks: [
        whole(
          ['Mira Oyelaran'],
          'Corrugated',
          { kind: 'mp3', kilobits: 80 },
          19_283,
          malletBand({
            name: 'Corrugated',
            beatsPerMinute: 116,
            key: { tonic: 'F', mode: 'major' },
            chart: 'F | Dm7 | Bb | C | F | Dm7 | Bb | C | Gm7 | Bb | Dm7 | C | Bb | F',
            motif: '4:.5 2:.5 r:.5 4:.5 5:.75 4:.25 2:.5 0:.5',
            variations: [
              'plain',
              'plain',
              'higher',
              'turned',
              'plain',
              'higher',
              'backwards',
              'plain',
              'higher',
              'lower',
              'answer',
            ],
            figures: [
              [0, 2, 1],
              [2, -1, 1, 0, -1, 1, 2, -1],
            ],
          }),
        ),
      ],
    },
  ],
};
