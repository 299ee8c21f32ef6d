import type { AppCommand } from '../../contract/app-commands.ts';

/** What the system itself does, in every app alike. */
export type SystemRole =
  | 'about'
  | 'hide'
  | 'hideOthers'
  | 'quit'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'minimize'
  | 'togglefullscreen'
  | 'close';

/** A line of a menu, whoever draws it. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'role'; readonly role: SystemRole; readonly label: string }
  | {
      readonly kind: 'command';
      readonly label: string;
      readonly command: AppCommand;
      readonly isEnabled: boolean;
      /** Brings the window to the front first: what it shows is what was asked for. */
      readonly showsWindow: boolean;
    }
  | { readonly kind: 'show'; readonly label: string }
  | {
      readonly kind: 'profile';
      readonly label: string;
      readonly profile: string | null;
      readonly isOpen: boolean;
    }
  /** Says something, does nothing. */
  | { readonly kind: 'words'; readonly label: string }
  | { readonly kind: 'menu'; readonly label: string; readonly entries: readonly MenuEntry[] };

/** Something for the player, which needs no window in front. */
export const playing = (label: string, command: AppCommand, isEnabled = true): MenuEntry => ({
  kind: 'command',
  label,
  command,
  isEnabled,
  showsWindow: false,
});

/** Something to look at. */
export const showing = (label: string, command: AppCommand): MenuEntry => ({
  kind: 'command',
  label,
  command,
  isEnabled: true,
  showsWindow: true,
});
