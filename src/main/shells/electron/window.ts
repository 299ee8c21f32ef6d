import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { WindowName, WindowPlaces } from '../../system/window-places.ts';
import { placeOnScreen, type WindowPlace } from '../../system/window-place.ts';
import { MAIN_SIZES, MINI_SIZES, windowColours, windowOptions } from '../../system/window-options.ts';

/** Where a window opens now, with the screens that there are. */
export const placeNow = (places: WindowPlaces, name: WindowName): WindowPlace => {
  const first = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== first.id);
  const areas = [first, ...others].map(({ workArea }) => workArea);
  return placeOnScreen(places.of(name), areas, name === 'main' ? MAIN_SIZES : MINI_SIZES);
};

/** Remembers where a window is put. */
export const followPlace = (window: BrowserWindow, name: WindowName, places: WindowPlaces): void => {
  const remember = (): void => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    places.remember(name, { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() });
  };
  window.on('resize', remember);
  window.on('move', remember);
  window.on('close', remember);
};

const followTheme = (window: BrowserWindow): void => {
  const recolour = (): void => {
    const { background, overlay } = windowColours(nativeTheme.shouldUseDarkColors);
    window.setBackgroundColor(background);
    if (process.platform !== 'darwin') window.setTitleBarOverlay(overlay);
  };
  nativeTheme.on('updated', recolour);
  window.once('closed', () => nativeTheme.off('updated', recolour));
};

/** The one window, where it was last. Empty until it is given an address; not to be seen before it has something to show. */
export const createWindow = (options: {
  readonly preloadFile: string;
  readonly places: WindowPlaces;
  /** Stays out of sight until it is asked for. */
  readonly isHidden: boolean;
}): BrowserWindow => {
  const { preloadFile, places, isHidden } = options;
  const place = placeNow(places, 'main');
  const window = new BrowserWindow(
    windowOptions({
      platform: process.platform,
      isDark: nativeTheme.shouldUseDarkColors,
      place,
      preloadFile,
    }),
  );
  followPlace(window, 'main', places);
  followTheme(window);
  window.once('show', () => {
    if (place.isMaximised) window.maximize();
  });
  if (!isHidden) window.once('ready-to-show', () => window.show());
  return window;
};

/** Brings a window back to where a person sees it. */
export const showWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
