import type { BrowserWindow } from 'electron';
import type { Settings } from '../../../contract/settings.ts';
import type { Host } from '../../host.ts';
import type { MenuFacts } from '../../system/app-menu.ts';
import { systemTexts } from '../../system/texts.ts';

export interface Surroundings extends MenuFacts {
  readonly settings: Settings;
  /** Null while there is none. */
  readonly window: BrowserWindow | null;
}

/** Something of the system's that shows what the app does: told all of it whenever any of it changes. */
export type Surface = (facts: Surroundings) => void;

/** Only when what is drawn is another: menus that are open would close, and Windows asks for patience with its buttons. */
export const onlyChanged = (of: (facts: Surroundings) => unknown, surface: Surface): Surface => {
  let drawn = '';
  return (facts) => {
    const now = JSON.stringify(of(facts));
    if (now === drawn) return;
    drawn = now;
    surface(facts);
  };
};

/** Keeps everything around the window current; gives a way to say that the window changed. */
export const followSurroundings = (options: {
  readonly host: Host;
  readonly locale: string;
  readonly profiles: readonly string[];
  readonly profile: string | null;
  readonly window: () => BrowserWindow | null;
  readonly surfaces: readonly Surface[];
}): (() => void) => {
  const { host, locale, profiles, profile, surfaces } = options;
  const tell = (): void => {
    const { settings } = host.snapshot();
    const facts: Surroundings = {
      platform: process.platform,
      texts: systemTexts(settings.language, locale),
      now: host.system.nowPlaying(),
      profiles,
      profile,
      settings,
      window: options.window(),
    };
    for (const surface of surfaces) surface(facts);
  };
  host.subscribe('settings', tell);
  host.system.onNowPlaying(tell);
  return tell;
};
