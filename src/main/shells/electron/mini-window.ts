import { nativeTheme, type BrowserWindow } from 'electron';
import { miniWindowOptions } from '../../system/window-options.ts';
import type { WindowPlaces } from '../../system/window-places.ts';
import type { MiniWindows } from './navigation.ts';
import { followPlace, placeNow } from './window.ts';

export interface MiniWindow extends MiniWindows {
  /** Looks after the mini players that this window opens; each goes when the window does. */
  follow(main: BrowserWindow): void;
}

/** The page opens the mini player by itself, as an empty window of its own; here are only its frame, its place and its end. */
export const createMiniWindow = (options: {
  readonly preloadFile: string;
  readonly places: WindowPlaces;
}): MiniWindow => {
  const { preloadFile, places } = options;
  let open: BrowserWindow | null = null;

  return {
    isOpen: () => open !== null,
    options: () =>
      miniWindowOptions({
        platform: process.platform,
        isDark: nativeTheme.shouldUseDarkColors,
        place: placeNow(places, 'mini'),
        preloadFile,
      }),
    follow(main) {
      main.webContents.on('did-create-window', (window) => {
        open = window;
        // Above other apps in full screen too, where the system has such a level.
        window.setAlwaysOnTop(true, 'floating');
        // Without changing what kind of app this is, which would take its icon out of the Dock.
        window.setVisibleOnAllWorkspaces(true, {
          visibleOnFullScreen: true,
          skipTransformProcessType: true,
        });
        followPlace(window, 'mini', places);
        window.once('closed', () => {
          open = null;
        });
      });
      // It is filled by the page of the large one, and is nothing without it.
      main.webContents.on('render-process-gone', () => open?.destroy());
      main.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) open?.destroy();
      });
      main.once('closed', () => open?.destroy());
    },
  };
};
