import { Menu, type MenuItemConstructorOptions } from 'electron';
import { menuTexts } from './menu-texts.ts';

/**
 * Only what a system expects of every app: the clipboard, the window, quit. What plays is steered from the window, whose keys
 * can be rebound; a menu's accelerators would take them away from it.
 */
export const installMenu = (locale: string, platform: NodeJS.Platform): void => {
  const texts = menuTexts(locale);
  const edit: MenuItemConstructorOptions = {
    label: texts.edit,
    submenu: [
      { role: 'undo', label: texts.undo },
      { role: 'redo', label: texts.redo },
      { type: 'separator' },
      { role: 'cut', label: texts.cut },
      { role: 'copy', label: texts.copy },
      { role: 'paste', label: texts.paste },
      { role: 'selectAll', label: texts.selectAll },
    ],
  };
  const windowMenu: MenuItemConstructorOptions = {
    label: texts.window,
    submenu: [
      { role: 'minimize', label: texts.minimize },
      { role: 'togglefullscreen', label: texts.fullScreen },
      { role: 'close', label: texts.close },
    ],
  };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Riffle',
    submenu: [
      { role: 'about', label: texts.about },
      { type: 'separator' },
      { role: 'hide', label: texts.hide },
      { role: 'hideOthers', label: texts.hideOthers },
      { type: 'separator' },
      { role: 'quit', label: texts.quit },
    ],
  };
  const fileMenu: MenuItemConstructorOptions = {
    label: texts.file,
    submenu: [{ role: 'quit', label: texts.quit }],
  };
  const first = platform === 'darwin' ? appMenu : fileMenu;
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, edit, windowMenu]));
};
