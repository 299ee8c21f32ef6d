import { selectAll, selectByMove, selectNone, type Selection } from './selection.ts';

/** What a key press means to a list. `null`: nothing, so the key goes on to the app's own shortcuts. */
export type ListCommand =
  | { readonly kind: 'select'; readonly selection: Selection }
  | { readonly kind: 'play'; readonly index: number }
  | null;

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Ctrl on Windows and Linux, Cmd on macOS. */
  readonly modKey: boolean;
  readonly altKey: boolean;
}

/** Where a key leads from `focus`; `null` when it is no key that moves. */
const moveTarget = (key: string, focus: number, rowCount: number, rowsPerPage: number): number | null => {
  switch (key) {
    case 'ArrowDown':
      return focus + 1;
    case 'ArrowUp':
      return focus - 1;
    case 'PageDown':
      return focus + rowsPerPage;
    case 'PageUp':
      return focus - rowsPerPage;
    case 'Home':
      return 0;
    case 'End':
      return rowCount - 1;
    default:
      return null;
  }
};

/**
 * Space, the sideways arrows and Mod with an arrow are left alone: they play, seek and change the volume everywhere.
 * Escape is taken only while something is chosen.
 */
export const listCommand = (
  press: KeyPress,
  selection: Selection,
  rowCount: number,
  rowsPerPage: number,
): ListCommand => {
  if (rowCount === 0 || press.altKey) return null;
  if (press.modKey) {
    const all = press.key.toLowerCase() === 'a' && !press.shiftKey;
    return all ? { kind: 'select', selection: selectAll(selection, rowCount) } : null;
  }
  if (press.key === 'Enter') return press.shiftKey ? null : { kind: 'play', index: selection.focus };
  if (press.key === 'Escape' && selection.selected.size > 0) {
    return { kind: 'select', selection: selectNone(selection) };
  }
  const target = moveTarget(press.key, selection.focus, rowCount, rowsPerPage);
  if (target === null) return null;
  return { kind: 'select', selection: selectByMove(selection, target, rowCount, press.shiftKey) };
};
