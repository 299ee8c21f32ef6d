import type { AppAction } from '../../contract/app-commands.ts';
import type { NowPlaying } from '../../contract/system.ts';
import type { LinkPage } from '../../core/links/deep-link.ts';
import { playing, showing, type MenuEntry, type SystemRole } from './menu-entry.ts';
import type { SystemTexts } from './texts.ts';
import { playingLine, transportKeys } from './transport.ts';

const SEPARATOR: MenuEntry = { kind: 'separator' };

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  readonly texts: SystemTexts;
  readonly now: NowPlaying | null;
  /** The names of all profiles but the one without. */
  readonly profiles: readonly string[];
  /** The one that is open. */
  readonly profile: string | null;
}

/** Which other profiles can be opened; nothing while there is only one. */
export const profileEntries = ({ texts, profiles, profile }: MenuFacts): readonly MenuEntry[] =>
  profiles.length === 0
    ? []
    : [null, ...profiles].map((name) => ({
        kind: 'profile',
        label: name ?? texts.standardProfile,
        profile: name,
        isOpen: name === profile,
      }));

/**
 * The menus at the top. No accelerators but those that the system's own entries bring: keys belong to the window, where they can
 * be set anew, and a menu's would take them away from it.
 */
export const appMenu = (facts: MenuFacts): readonly MenuEntry[] => {
  const { platform, texts, now } = facts;
  const isMac = platform === 'darwin';
  const role = (name: SystemRole, label: string): MenuEntry => ({ kind: 'role', role: name, label });
  const page = (name: LinkPage, label: string): MenuEntry =>
    showing(label, { kind: 'open', link: { kind: 'page', page: name } });
  const show = (action: AppAction, label: string): MenuEntry => showing(label, { kind: 'do', action });
  const quietly = (action: AppAction, label: string): MenuEntry => playing(label, { kind: 'do', action });
  const menu = (label: string, entries: readonly MenuEntry[]): MenuEntry => ({
    kind: 'menu',
    label,
    entries,
  });

  const profiles = profileEntries(facts);
  const profileMenu = profiles.length === 0 ? [] : [menu(texts.profiles, profiles)];
  const settings = page('settings', texts.settings);
  const keys = transportKeys(now, texts).map(({ label, command, isEnabled }) =>
    playing(label, command, isEnabled),
  );

  const first = isMac
    ? menu('Riffle', [
        role('about', texts.about),
        SEPARATOR,
        settings,
        ...profileMenu,
        SEPARATOR,
        role('hide', texts.hide),
        role('hideOthers', texts.hideOthers),
        SEPARATOR,
        role('quit', texts.quit),
      ])
    : menu(texts.file, [settings, ...profileMenu, SEPARATOR, role('quit', texts.quit)]);
  return [
    first,
    menu(texts.edit, [
      role('undo', texts.undo),
      role('redo', texts.redo),
      SEPARATOR,
      role('cut', texts.cut),
      role('copy', texts.copy),
      role('paste', texts.paste),
      role('selectAll', texts.selectAll),
      SEPARATOR,
      show('find', texts.find),
    ]),
    menu(texts.view, [
      show('now_playing', texts.nowPlaying),
      show('queue', texts.queue),
      show('lyrics', texts.lyrics),
      quietly('mini_player', texts.miniPlayer),
      SEPARATOR,
      role('togglefullscreen', texts.fullScreen),
    ]),
    menu(texts.playback, [
      ...keys,
      SEPARATOR,
      quietly('shuffle', texts.shuffle),
      quietly('repeat', texts.repeat),
      SEPARATOR,
      quietly('volume_up', texts.louder),
      quietly('volume_down', texts.quieter),
      quietly('mute', texts.mute),
    ]),
    menu(texts.history, [
      show('back', texts.back),
      show('forward', texts.forward),
      SEPARATOR,
      page('home', texts.home),
      show('search', texts.search),
      page('history', texts.played),
    ]),
    menu(texts.window, [role('minimize', texts.minimize), role('close', texts.close)]),
    menu(texts.help, [show('shortcuts', texts.shortcuts)]),
  ];
};

/** Behind the icon beside the clock. */
export const trayMenu = ({ texts, now }: Pick<MenuFacts, 'texts' | 'now'>): readonly MenuEntry[] => [
  ...dockMenu({ texts, now }),
  SEPARATOR,
  { kind: 'show', label: texts.show },
  { kind: 'role', role: 'quit', label: texts.quit },
];

/** Behind the icon in the Dock of macOS, which adds the rest itself. */
export const dockMenu = ({ texts, now }: Pick<MenuFacts, 'texts' | 'now'>): readonly MenuEntry[] => [
  { kind: 'words', label: playingLine(now) ?? texts.nothingPlays },
  ...transportKeys(now, texts).map(({ label, command, isEnabled }) => playing(label, command, isEnabled)),
];
