import { app } from 'electron';
import type { Log } from '../../ports.ts';
import { autostartEntry, autostartFile, setAutostart } from '../../system/autostart.ts';
import { onlyChanged, type Surface } from './surroundings.ts';

/** A package that unpacks itself runs from a place of the moment; it says where it really lies. */
const program = (): string => process.env['APPIMAGE'] ?? process.execPath;

/** Opens at login as it was opened now: the same profile, without a window. Not where it was started from its sources. */
export const createLoginItem = (log: Log): Surface => {
  let isKnown = false;
  return onlyChanged(
    ({ settings, profile }) => [settings.launchAtLogin, profile],
    ({ platform, settings, profile }) => {
      // What was never wished needs no word to the system.
      const isNews = isKnown || settings.launchAtLogin;
      isKnown = true;
      if (!app.isPackaged || !isNews) return;
      const name = profile === null ? 'Riffle' : `Riffle ${profile}`;
      const given = [...(profile === null ? [] : [`--profile=${profile}`]), '--hidden'];
      if (platform !== 'linux') {
        app.setLoginItemSettings({ openAtLogin: settings.launchAtLogin, name, args: given });
        return;
      }
      const file = autostartFile(app.getPath('appData'), profile);
      const entry = settings.launchAtLogin ? autostartEntry(name, [program(), ...given]) : null;
      setAutostart(file, entry).catch((error: unknown) => log.error('login was not changed', { error }));
    },
  );
};
