import { loFi } from '../ensembles/lo-fi.ts';
import type { DemoAlbum, Format } from './album.ts';
import { whole } from './album.ts';

const KOJI = ['Kōji Hamasaki'] as const;
const OPUS: Format = { kind: 'opus', kilobits: 46 };

export const SLOW_FERRY: DemoAlbum = {
  title: 'Slow Ferry',
  artist: KOJI[0],
  released: '2024-08',
  kind: 'ep',
  genre: 'Hip-Hop',
  label: 'Minato',
  catalogueNumber: 'MNT-EP02',
  cover: 'slow-ferry',
  discs: [
    {
      tracks: [
        whole(
          KOJI,
          'Slow Ferry',
          OPUS,
          22_617,
          loFi({
            name: 'Slow Ferry',
            beatsPerMinute: 82,
            key: { tonic: 'C', mode: 'major' },
            chart: 'Fmaj9 | Em7 | Dm9 | Cmaj9 | Fmaj9 | Em7 A7b9 | Dm9 G13 | Cmaj9',
            motif: '4:.5 2:.5 r:.5 1:.5 0:1 r:1',
            variations: ['plain', 'higher', 'plain', 'turned', 'higher', 'answer'],
            lead: 'kalimba',
            chords: 'x..o ..o. x... .o.x',
            kick: 'X... ..x. ..X. ....',
            bass: 'x... ..o. ..x. ....',
          }),
        ),
        whole(
          KOJI,
          '夜の渡し船',
          OPUS,
          13_046,
          loFi({
            name: 'Night ferry',
            beatsPerMinute: 76,
            key: { tonic: 'A', mode: 'minor' },
            chart: 'Am9 | Dm9 | G13 | Cmaj9 | Fmaj9 | Bm7b5 E7b9 | Am9',
            motif: '0:.5 2:.5 4:1 r:.5 3:.5 2:1',
            variations: ['plain', 'turned', 'plain', 'lower', 'answer'],
            lead: 'guitar',
            chords: 'x... ..o. x..o ..o.',
            kick: 'X..x .... ..X. ....',
            bass: 'x... ..o. x..o ..o.',
          }),
        ),
        whole(
          KOJI,
          'Vending Machine Light',
          OPUS,
          9_371,
          loFi({
            name: 'Vending Machine Light',
            beatsPerMinute: 86,
            key: { tonic: 'Eb', mode: 'major' },
            chart: 'Abmaj9 | Gm7 | Fm9 | Ebmaj9 | Abmaj9 Gm7 | Fm9 Bb13 | Ebmaj9 | Ebmaj9',
            motif: '2:.5 4:.5 5:.5 4:.5 2:1 r:1',
            variations: ['plain', 'backwards', 'higher', 'plain', 'turned', 'answer'],
            lead: 'keys',
            chords: 'x.o. ..x. ..o. x.o.',
            kick: 'X... .x.. X.x. ....',
            bass: 'x... .x.. o.x. ....',
          }),
        ),
      ],
    },
  ],
};
