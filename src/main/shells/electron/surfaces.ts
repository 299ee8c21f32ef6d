import { app, Menu, nativeTheme, powerSaveBlocker } from 'electron';
import type { Log } from '../../ports.ts';
import { appMenu, dockMenu } from '../../system/app-menu.ts';
import { jumpTasks } from '../../system/jump-list.ts';
import { staysAwake } from '../../system/policies.ts';
import { transportKeys } from '../../system/transport.ts';
import { glyphImage } from './glyph-image.ts';
import { createLoginItem } from './login-item.ts';
import { buildMenu, type MenuDeeds } from './menu.ts';
import { createTrackNotices } from './notifications.ts';
import { onlyChanged, type Surface } from './surroundings.ts';
import { createTray } from './tray.ts';

/** Window buttons and menus that the system draws follow what the listener chose. */
const followTheme: Surface = ({ settings }) => {
  nativeTheme.themeSource = settings.theme;
};

const createAppMenu = (deeds: MenuDeeds): Surface =>
  onlyChanged(appMenu, (facts) => Menu.setApplicationMenu(buildMenu(appMenu(facts), deeds)));

const createDockMenu = (deeds: MenuDeeds): Surface =>
  onlyChanged(dockMenu, (facts) => app.dock?.setMenu(buildMenu(dockMenu(facts), deeds)));

/** Previous, play and next under the picture of the window at the task bar of Windows. */
const createThumbnailButtons = (deeds: MenuDeeds): Surface =>
  onlyChanged(
    ({ now, texts, window }) => [window?.id, transportKeys(now, texts)],
    ({ now, texts, window }) => {
      window?.setThumbarButtons(
        transportKeys(now, texts).map(({ glyph, label, command, isEnabled }) => ({
          icon: glyphImage(glyph, 16, 'white'),
          tooltip: label,
          flags: isEnabled ? [] : ['disabled'],
          click: () => deeds.perform({ kind: 'command', label, command, isEnabled, showsWindow: false }),
        })),
      );
    },
  );

/** Behind the app's button at the task bar of Windows. */
const createJumpList = (): Surface =>
  onlyChanged(jumpTasks, (facts) => {
    app.setJumpList([
      {
        type: 'tasks',
        items: jumpTasks(facts).map(({ title, arguments: line }) => ({
          type: 'task',
          title,
          program: process.execPath,
          args: line,
        })),
      },
    ]);
  });

/** The computer does not fall asleep while something plays; the screen may. */
const createAwake = (): Surface => {
  let blocker: number | null = null;
  return ({ now, settings }) => {
    const isWanted = staysAwake(now, settings);
    if (isWanted && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!isWanted && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
};

/** What there is around the window on this system. */
export const createSurfaces = (platform: NodeJS.Platform, deeds: MenuDeeds, log: Log): readonly Surface[] => [
  followTheme,
  createAppMenu(deeds),
  createAwake(),
  createLoginItem(log),
  createTrackNotices(deeds.show),
  ...(platform === 'darwin' ? [createDockMenu(deeds)] : [createTray(deeds)]),
  ...(platform === 'win32' ? [createThumbnailButtons(deeds), createJumpList()] : []),
];
