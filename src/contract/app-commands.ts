/**
 * What the system asks of the window: menus, tray, thumbnail buttons, links and files that were opened. Each waits in the
 * main process until a window takes it, so that what started the app is not lost; `system.took` gives it to one window.
 */
import type { DeepLink } from '../core/links/deep-link.ts';

/** What the window's own keys do too, under the names that keys have there. */
export const APP_ACTIONS = [
  'back',
  'forward',
  'search',
  'find',
  'now_playing',
  'queue',
  'lyrics',
  'mini_player',
  'shuffle',
  'repeat',
  'volume_up',
  'volume_down',
  'mute',
  'shortcuts',
] as const;
export type AppAction = (typeof APP_ACTIONS)[number];

/** Playlists that can be opened (`.m3u8`, `.m3u`, `.xspf`) are text; nothing longer is read. */
export const LARGEST_IMPORT_BYTES = 5_000_000;

export type AppCommand =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'open'; readonly link: DeepLink }
  | { readonly kind: 'do'; readonly action: AppAction }
  /** A playlist file was opened; `text` is all of it, at most `LARGEST_IMPORT_BYTES` as UTF-8. */
  | { readonly kind: 'import'; readonly fileName: string; readonly text: string }
  | {
      readonly kind: 'import_failed';
      readonly fileName: string;
      readonly reason: 'too_large' | 'no_text' | 'unreadable';
    };

export interface WaitingCommand {
  /** Grows by one; never given twice while the app runs. */
  readonly id: number;
  readonly command: AppCommand;
}
