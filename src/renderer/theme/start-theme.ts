import type { ColourToken, ThemeColours, ThemeName } from '../../core/artwork-colour/neutral-colours.ts';
import { themeColours, type ColourSource } from '../../core/artwork-colour/theme-colours.ts';
import type { Settings } from '../../contract/settings.ts';
import { chooseSource, looksDifferent } from './artwork-source.ts';
import { onSystemLookChange, systemLook, themeFor } from './colour-scheme.ts';
import { artworkStore } from './page-artwork.ts';

/** `accentWash` → `--accent-wash`, `text2` → `--text-2`. */
const propertyOf = (token: string): string =>
  `--${token.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/\d/, '-$&')}`;

function paint(root: HTMLElement, source: ColourSource, theme: ThemeName): void {
  const colours: ThemeColours = themeColours(source, theme);
  for (const token of Object.keys(colours) as ColourToken[]) {
    // Without artwork the stylesheet has the last word, also while the system changes between light and dark.
    if (source.kind === 'none') root.style.removeProperty(propertyOf(token));
    else root.style.setProperty(propertyOf(token), colours[token]);
  }
}

export interface ThemeInputs {
  readonly getSettings: () => Settings;
  readonly onSettingsChange: (listener: () => void) => () => void;
}

/**
 * Keeps theme, contrast, density, text size and the artwork's colours on the root element for as long as the window
 * lives. The stylesheet does the rest, the 400 ms cross-fade included. Gives its own stop.
 */
export function startTheme({ getSettings, onSettingsChange }: ThemeInputs): () => void {
  const root = document.documentElement;
  let shown: { readonly source: ColourSource; readonly theme: ThemeName } | null = null;
  let scheduled = false;
  let stopped = false;

  const applyLook = (theme: ThemeName, settings: Settings): void => {
    root.dataset.theme = theme === 'dark' || theme === 'highContrastDark' ? 'dark' : 'light';
    root.dataset.contrast = theme === 'dark' || theme === 'light' ? 'normal' : 'more';
    root.dataset.density = settings.density;
    root.dataset.textSize = String(settings.textSizePercent);
  };
  const apply = (): void => {
    scheduled = false;
    if (stopped) return;
    const settings = getSettings();
    const theme = themeFor(settings, systemLook());
    applyLook(theme, settings);
    const { page, playing } = artworkStore.getState();
    const wanted: ColourSource | null = settings.accentFromArtwork
      ? chooseSource(page, playing)
      : { kind: 'none' };
    const source = wanted ?? shown?.source ?? { kind: 'none' };
    if (shown !== null && shown.theme === theme && !looksDifferent(shown.source, source)) return;
    paint(root, source, theme);
    shown = { source, theme };
  };
  // One page goes and the next comes in the same turn; only what is true at its end is painted.
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(apply);
  };

  apply();
  // The first colours are there at once; from now on they fade.
  const frame = requestAnimationFrame(() => {
    root.dataset.colours = 'ready';
  });
  const stops = [artworkStore.subscribe(schedule), onSettingsChange(schedule), onSystemLookChange(schedule)];
  return () => {
    stopped = true;
    cancelAnimationFrame(frame);
    for (const stop of stops) stop();
  };
}
