import type { Settings } from '../../contract/settings.ts';
import { useSettings } from '../settings/settings-store.ts';

/** Px, as lists need them; the stylesheet has the same as `--row`, `--row-with-art`, `--nav`. */
export interface RowHeights {
  readonly row: number;
  readonly rowWithArt: number;
  readonly nav: number;
}

const STANDARD_TEXT = 100;

const AT_STANDARD_TEXT: Readonly<Record<Settings['density'], RowHeights>> = {
  compact: { row: 32, rowWithArt: 40, nav: 26 },
  standard: { row: 40, rowWithArt: 48, nav: 28 },
  roomy: { row: 48, rowWithArt: 56, nav: 34 },
};

export function rowHeightsFor({
  density,
  textSizePercent,
}: Pick<Settings, 'density' | 'textSizePercent'>): RowHeights {
  const base = AT_STANDARD_TEXT[density];
  const scaled = (px: number): number => Math.round((px * textSizePercent) / STANDARD_TEXT);
  return { row: scaled(base.row), rowWithArt: scaled(base.rowWithArt), nav: scaled(base.nav) };
}

/** The heights of rows at the density and text size that are set. */
export function useRowHeights(): RowHeights {
  const density = useSettings((settings) => settings.density);
  const textSizePercent = useSettings((settings) => settings.textSizePercent);
  return rowHeightsFor({ density, textSizePercent });
}
