import { glacier } from '../ensembles/glacier.ts';
import type { DemoAlbum, DemoTrack } from './album.ts';

/** One piece of a good minute, cut twice in the middle of a sound. */
const LAKE = glacier({
  name: 'Vatnið',
  beatsPerMinute: 64,
  key: { tonic: 'D', mode: 'dorian' },
  chart: 'Dm9 | % | Fmaj9 | C6 | Am7 | % | Bbmaj9 | Fmaj9 | Gm9 | Dm9 | Bbmaj7 | C6 | Am7 | Bbmaj9 | Dm9',
  bells: '4:2 r:1 2:1 5:2 r:2 0:3 r:5',
  variations: ['plain', 'higher', 'turned', 'answer'],
  runFrom: 16,
  runTo: 44,
});

/** Not on a frame boundary of any codec: whoever plays this without gaps does it by the sample. */
const FIRST_CUT = 882_441;
const SECOND_CUT = 1_764_907;

function cut(title: string, plays: number, fromSample: number, toSample?: number): DemoTrack {
  return {
    title,
    artists: ['Jónas Þórsson'],
    music: { kind: 'cut', piece: LAKE, fromSample, ...(toSample === undefined ? {} : { toSample }) },
    format: { kind: 'flac' },
    plays,
  };
}

export const VATNID: DemoAlbum = {
  title: 'Vatnið',
  artist: 'Jónas Þórsson',
  released: '2023-11',
  kind: 'album',
  genre: 'Ambient',
  label: 'Kyrrð',
  catalogueNumber: 'KYR 21',
  cover: 'vatnid',
  discs: [
    {
      tracks: [
        cut('Undir ís', 17_311, 0, FIRST_CUT),
        cut('Þíða', 9_204, FIRST_CUT, SECOND_CUT),
        cut('Opið vatn', 7_730, SECOND_CUT),
      ],
    },
  ],
};
