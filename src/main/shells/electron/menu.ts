import { Menu, type MenuItemConstructorOptions } from 'electron';
import { assertNever } from '../../../core/playback/assert-never.ts';
import type { MenuEntry } from '../../system/menu-entry.ts';

/** What a menu's lines do, beyond what the system does by itself. */
export interface MenuDeeds {
  readonly perform: (entry: Extract<MenuEntry, { kind: 'command' }>) => void;
  readonly show: () => void;
  readonly openProfile: (profile: string | null) => void;
}

const toItem = (entry: MenuEntry, deeds: MenuDeeds): MenuItemConstructorOptions => {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'role':
      return { role: entry.role, label: entry.label };
    case 'command':
      return { label: entry.label, enabled: entry.isEnabled, click: () => deeds.perform(entry) };
    case 'show':
      return { label: entry.label, click: deeds.show };
    case 'profile':
      return {
        label: entry.label,
        type: 'checkbox',
        checked: entry.isOpen,
        enabled: !entry.isOpen,
        click: () => deeds.openProfile(entry.profile),
      };
    case 'words':
      return { label: entry.label, enabled: false };
    case 'menu':
      return { label: entry.label, submenu: entry.entries.map((each) => toItem(each, deeds)) };
    default:
      return assertNever(entry);
  }
};

/** A menu as data, as the system's own. */
export const buildMenu = (entries: readonly MenuEntry[], deeds: MenuDeeds): Menu =>
  Menu.buildFromTemplate(entries.map((entry) => toItem(entry, deeds)));
