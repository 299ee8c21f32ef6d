import type { Artwork } from '../../contract/catalog-http.ts';
import { hueDistance } from '../../core/artwork-colour/oklch.ts';
import type { ColourSource } from '../../core/artwork-colour/theme-colours.ts';

/** What the page on screen says about its artwork. */
export type PageClaim =
  /** It has none of its own: what plays gives the colours. */
  | { readonly kind: 'none' }
  /** It will have one, still loading: the colours stay as they are meanwhile. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'artwork'; readonly artwork: Artwork };

/** A smaller turn of hue is not worth a change of colours. */
const SAME_HUE_DEGREES = 8;

const sourceOf = (artwork: Artwork | null): ColourSource => {
  if (artwork === null) return { kind: 'none' };
  return artwork.palette === null ? { kind: 'grey' } : { kind: 'palette', palette: artwork.palette };
};

/** The page's own artwork gives the colours, else what plays, else copper. Null: leave them as they are. */
export function chooseSource(page: PageClaim, playing: Artwork | null): ColourSource | null {
  switch (page.kind) {
    case 'waiting':
      return null;
    case 'artwork':
      return sourceOf(page.artwork);
    case 'none':
      return sourceOf(playing);
  }
}

/** Whether going from one source to the other would be seen as a change of colour. */
export function looksDifferent(from: ColourSource, to: ColourSource): boolean {
  if (from.kind !== 'palette' || to.kind !== 'palette') return from.kind !== to.kind;
  return (
    hueDistance(from.palette.spark.hue, to.palette.spark.hue) >= SAME_HUE_DEGREES ||
    hueDistance(from.palette.ground.hue, to.palette.ground.hue) >= SAME_HUE_DEGREES
  );
}
