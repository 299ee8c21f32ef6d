import { corrugated, graa, petiteMecanique, steinbruch } from './form.ts';
import { loess, lowWaterMark, nachtfalter, sechsStuecke } from './land.ts';
import { flussabwaerts, municipalPool, slowFerry, vatnid } from './water.ts';

/** How a cover lies in its folder. */
export type CoverKind = 'jpg' | 'png' | 'webp';

export interface Cover {
  /** The inside of an SVG of 1000 by 1000 units. */
  readonly draw: () => string;
  readonly kind: CoverKind;
}

export const COVERS = {
  flussabwaerts: { draw: flussabwaerts, kind: 'webp' },
  loess: { draw: loess, kind: 'png' },
  vatnid: { draw: vatnid, kind: 'webp' },
  'low-water-mark': { draw: lowWaterMark, kind: 'png' },
  'sechs-stuecke': { draw: sechsStuecke, kind: 'webp' },
  'municipal-pool': { draw: municipalPool, kind: 'webp' },
  'petite-mecanique': { draw: petiteMecanique, kind: 'jpg' },
  'slow-ferry': { draw: slowFerry, kind: 'webp' },
  nachtfalter: { draw: nachtfalter, kind: 'jpg' },
  corrugated: { draw: corrugated, kind: 'png' },
  steinbruch: { draw: steinbruch, kind: 'jpg' },
  graa: { draw: graa, kind: 'jpg' },
} as const satisfies Readonly<Record<string, Cover>>;

export type CoverName = keyof typeof COVERS;
