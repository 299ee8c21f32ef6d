import { nativeTheme, Tray } from 'electron';
import { trayMenu } from '../../system/app-menu.ts';
import { playingLine } from '../../system/transport.ts';
import { glyphImage } from './glyph-image.ts';
import { buildMenu, type MenuDeeds } from './menu.ts';
import type { Surface } from './surroundings.ts';

const ICON_POINTS = 16;

/** The panels of Linux desktops are dark; Windows says how its task bar is. */
const ink = (): 'white' | 'black' =>
  process.platform === 'linux' || nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'white' : 'black';

/** The icon beside the clock: there for as long as the app may stay without a window. */
export const createTray = (deeds: MenuDeeds): Surface => {
  let tray: Tray | null = null;
  const open = (): Tray => {
    const opened = new Tray(glyphImage('mark', ICON_POINTS, ink()));
    opened.on('click', deeds.show);
    return opened;
  };
  nativeTheme.on('updated', () => tray?.setImage(glyphImage('mark', ICON_POINTS, ink())));

  return (facts) => {
    if (!facts.settings.closeToTray) {
      tray?.destroy();
      tray = null;
      return;
    }
    tray ??= open();
    tray.setToolTip(playingLine(facts.now) ?? 'Riffle');
    tray.setContextMenu(buildMenu(trayMenu(facts), deeds));
  };
};
