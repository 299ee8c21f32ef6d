import { MINI_WINDOW_SIZE } from '../../contract/mini-window.ts';
import { webPreferences } from '../security/web-preferences.ts';
import type { Size, WindowPlace } from './window-place.ts';

/** `base`, and `text-2` for the system's own window buttons, in dark and light. */
const COLOURS = {
  dark: { base: '#0e1213', symbols: '#b1b9bb' },
  light: { base: '#e8eced', symbols: '#3f4a4c' },
} as const;
const TITLE_BAR_HEIGHT = 44;

export const MAIN_SIZES: { readonly usual: Size; readonly minimum: Size } = {
  usual: { width: 1_440, height: 900 },
  minimum: { width: 720, height: 520 },
};
export const MINI_SIZES: { readonly usual: Size; readonly minimum: Size } = {
  usual: MINI_WINDOW_SIZE,
  minimum: { width: 240, height: 160 },
};

export interface WindowColours {
  readonly background: string;
  readonly overlay: { readonly color: string; readonly symbolColor: string; readonly height: number };
}

export const windowColours = (isDark: boolean): WindowColours => {
  const { base, symbols } = isDark ? COLOURS.dark : COLOURS.light;
  return { background: base, overlay: { color: base, symbolColor: symbols, height: TITLE_BAR_HEIGHT } };
};

interface Facts {
  readonly platform: NodeJS.Platform;
  readonly isDark: boolean;
  readonly place: WindowPlace;
  readonly preloadFile: string;
}

/** The one window: sandboxed, isolated, hidden until it has something to show. */
export const windowOptions = ({ platform, isDark, place, preloadFile }: Facts) => {
  const { background, overlay } = windowColours(isDark);
  return {
    ...place.bounds,
    minWidth: MAIN_SIZES.minimum.width,
    minHeight: MAIN_SIZES.minimum.height,
    show: false,
    title: 'Riffle',
    backgroundColor: background,
    ...(platform === 'darwin'
      ? { titleBarStyle: 'hiddenInset' as const, trafficLightPosition: { x: 16, y: 14 } }
      : { titleBarStyle: 'hidden' as const, titleBarOverlay: overlay }),
    webPreferences: webPreferences(preloadFile),
  };
};

/** The mini player: as safe as the large window, above all others, and in no task bar. */
export const miniWindowOptions = ({ isDark, place, preloadFile }: Facts) => ({
  ...place.bounds,
  minWidth: MINI_SIZES.minimum.width,
  minHeight: MINI_SIZES.minimum.height,
  title: 'Riffle',
  backgroundColor: windowColours(isDark).background,
  alwaysOnTop: true,
  skipTaskbar: true,
  maximizable: false,
  fullscreenable: false,
  autoHideMenuBar: true,
  webPreferences: webPreferences(preloadFile),
});
