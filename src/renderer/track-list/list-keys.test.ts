import { describe, expect, it } from 'vitest';
import { listCommand, type KeyPress } from './list-keys.ts';
import { NOTHING_SELECTED, selectByPress } from './selection.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  modKey: false,
  altKey: false,
  ...held,
});
const atRow = (index: number) => selectByPress(NOTHING_SELECTED, index, { mod: false, shift: false });
const selected = (command: ReturnType<typeof listCommand>): number[] => {
  if (command?.kind !== 'select') throw new Error('the key did not select');
  return [...command.selection.selected];
};

describe('keys in a list', () => {
  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 15],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
  ])('moves with %s', (key, target) => {
    expect(selected(listCommand(press(key), atRow(5), 100, 10))).toEqual([target]);
  });

  it('stretches the selection with Shift and an arrow', () => {
    expect(selected(listCommand(press('ArrowDown', { shiftKey: true }), atRow(5), 100, 10))).toEqual([5, 6]);
  });

  it('plays the focused row on Enter', () => {
    expect(listCommand(press('Enter'), atRow(5), 100, 10)).toEqual({ kind: 'play', index: 5 });
  });

  it('chooses all rows on Mod+A', () => {
    expect(selected(listCommand(press('a', { modKey: true }), atRow(5), 100, 10))).toHaveLength(100);
  });

  it('lets go of the selection on Escape, and leaves Escape alone when nothing is chosen', () => {
    expect(selected(listCommand(press('Escape'), atRow(5), 100, 10))).toEqual([]);
    expect(listCommand(press('Escape'), NOTHING_SELECTED, 100, 10)).toBeNull();
  });

  it.each([
    press(' '),
    press('ArrowLeft'),
    press('ArrowRight'),
    press('ArrowDown', { modKey: true }),
    press('ArrowLeft', { altKey: true }),
    press('l'),
  ])('leaves the keys of the player to the player', (key) => {
    expect(listCommand(key, atRow(5), 100, 10)).toBeNull();
  });

  it('takes no key in an empty list', () => {
    expect(listCommand(press('ArrowDown'), NOTHING_SELECTED, 0, 10)).toBeNull();
  });
});
