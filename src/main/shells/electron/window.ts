import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';

/** `base`, and `text-2` for the system's own window buttons, in dark and light. */
const COLOURS = {
  dark: { base: '#0e1213', symbols: '#b1b9bb' },
  light: { base: '#e8eced', symbols: '#3f4a4c' },
} as const;
const TITLE_BAR_HEIGHT = 44;

const coloursNow = () => (nativeTheme.shouldUseDarkColors ? COLOURS.dark : COLOURS.light);

const titleBarOverlay = () => {
  const { base, symbols } = coloursNow();
  return { color: base, symbolColor: symbols, height: TITLE_BAR_HEIGHT };
};

/** The one window: sandboxed, isolated, hidden until it has something to show. Empty until it is given an address. */
export const createWindow = (appFolder: string): BrowserWindow => {
  const isMac = process.platform === 'darwin';
  const window = new BrowserWindow({
    width: 1_440,
    height: 900,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Riffle',
    backgroundColor: coloursNow().base,
    titleBarStyle: isMac ? 'hiddenInset' : 'hidden',
    ...(isMac ? { trafficLightPosition: { x: 16, y: 14 } } : { titleBarOverlay: titleBarOverlay() }),
    webPreferences: {
      preload: join(appFolder, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // A window in the background goes on playing, and its clock must go on with it.
      backgroundThrottling: false,
    },
  });

  const recolour = (): void => {
    window.setBackgroundColor(coloursNow().base);
    if (!isMac) window.setTitleBarOverlay(titleBarOverlay());
  };
  nativeTheme.on('updated', recolour);
  window.once('closed', () => nativeTheme.off('updated', recolour));
  window.once('ready-to-show', () => window.show());
  return window;
};

/** Brings a window back to where a person sees it. */
export const showWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
