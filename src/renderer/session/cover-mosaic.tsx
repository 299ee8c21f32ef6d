import type { ReactNode } from 'react';
import corrugated from './covers/corrugated.webp';
import flussabwaerts from './covers/flussabwaerts.webp';
import graa from './covers/graa.webp';
import loess from './covers/loess.webp';
import lowWaterMark from './covers/low-water-mark.webp';
import municipalPool from './covers/municipal-pool.webp';
import nachtfalter from './covers/nachtfalter.webp';
import petiteMecanique from './covers/petite-mecanique.webp';
import sechsStuecke from './covers/sechs-stuecke.webp';
import slowFerry from './covers/slow-ferry.webp';
import steinbruch from './covers/steinbruch.webp';
import vatnid from './covers/vatnid.webp';
import styles from './cover-mosaic.module.css';

/** Column by column, bright beside dark. A window higher than it is wide sees the head of a column again at its foot. */
const COLUMNS: readonly (readonly string[])[] = [
  [vatnid, lowWaterMark, corrugated, slowFerry],
  [petiteMecanique, nachtfalter, municipalPool, graa],
  [steinbruch, sechsStuecke, flussabwaerts, loess],
];

/** Records beside the welcome, running off the window; for the eye alone. */
export function CoverMosaic(): ReactNode {
  return (
    <div className={styles.mosaic} aria-hidden>
      {COLUMNS.map((covers) => (
        <div key={covers[0]} className={styles.column}>
          {[...covers, ...covers].map((cover, place) => (
            <img
              // The same cover stands twice in a column.
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              className={styles.cover}
              src={cover}
              alt=""
              width={320}
              height={320}
              draggable={false}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
