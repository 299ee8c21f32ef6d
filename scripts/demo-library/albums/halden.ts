import { dubTechno } from '../ensembles/dub-techno.ts';
import type { DemoAlbum, Format } from './album.ts';
import { whole } from './album.ts';

const HALDEN = ['Halden'] as const;
const VORBIS: Format = { kind: 'vorbis', quality: 0 };

export const LOW_WATER_MARK: DemoAlbum = {
  title: 'Low Water Mark',
  artist: HALDEN[0],
  released: '2025-09-05',
  kind: 'album',
  genre: 'Electronic',
  label: 'Tidewrack',
  catalogueNumber: 'TW-031',
  cover: 'low-water-mark',
  discs: [
    {
      tracks: [
        whole(
          HALDEN,
          'Low Water Mark',
          VORBIS,
          24_190,
          dubTechno({
            name: 'Low Water Mark',
            beatsPerMinute: 122,
            chart: 'Am9 | % | % | Fmaj7 | Am9 | % | Dm9 | Fmaj7 | Am9 | % | Fmaj7 | Am9',
            stabs: '..x. ...o .... x... .... ..x. .... ....',
            bass: '..x. ..o. ...x ..o.',
            hats: '..x. ..x. ..x. ..xo',
            introBars: 2,
          }),
        ),
        whole(
          HALDEN,
          'Tidal Flat',
          VORBIS,
          11_356,
          dubTechno({
            name: 'Tidal Flat',
            beatsPerMinute: 118,
            chart: 'Cm9 | % | Abmaj7 | Gm7 | Cm9 | % | Fm9 | Gm7 | Abmaj7 | Gm7 | Cm9',
            stabs: '...x ..o. .... .... ..x. .... .o.. ....',
            bass: 'x... ..x. ..o. .x..',
            hats: '-.x- -.x- -.xo -.x-',
            introBars: 1,
          }),
        ),
        whole(
          HALDEN,
          'Februar',
          VORBIS,
          8_019,
          dubTechno({
            name: 'Februar',
            beatsPerMinute: 126,
            chart: 'Ebmaj9 | % | Cm9 | % | Fm9 | % | Abmaj7 | Bb6 | Cm9 | % | Abmaj7 | Ebmaj9',
            stabs: 'x..x ..x. .... .... x..x .... ..o. ....',
            bass: '..xx ..x. ..x. .ox.',
            hats: 'o.x. o.x- o.x. oxx-',
            introBars: 3,
          }),
        ),
      ],
    },
  ],
};
