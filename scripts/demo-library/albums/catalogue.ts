import type { DemoAlbum } from './album.ts';
import { PETITE_MECANIQUE } from './anais-lefevre.ts';
import { SECHS_STUECKE } from './ensemble-kiesgrube.ts';
import { LOW_WATER_MARK } from './halden.ts';
import { VATNID } from './jonas-thorsson.ts';
import { GRAA } from './ketil-aurland.ts';
import { SLOW_FERRY } from './koji-hamasaki.ts';
import { FLUSSABWAERTS, LOESS } from './lene-woerner-trio.ts';
import { CORRUGATED } from './mira-oyelaran.ts';
import { NACHTFALTER } from './sabine-gruenwald-oeztuerk.ts';
import { MUNICIPAL_POOL } from './the-quiet-parade.ts';
import { STEINBRUCH } from './various-artists.ts';

/** Everything the demo library holds. All names are invented. */
export const CATALOGUE: readonly DemoAlbum[] = [
  FLUSSABWAERTS,
  LOESS,
  VATNID,
  LOW_WATER_MARK,
  SECHS_STUECKE,
  MUNICIPAL_POOL,
  PETITE_MECANIQUE,
  SLOW_FERRY,
  NACHTFALTER,
  CORRUGATED,
  STEINBRUCH,
  GRAA,
];
