import { describe, expect, it } from 'vitest';
import { ariaChord, chordOfEvent, chordText } from './chord.ts';

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

const english = {
  control: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  space: 'Space',
  delete: 'Del',
  escape: 'Esc',
  enter: 'Enter',
};
const german = { ...english, control: 'Strg', shift: 'Umschalt', space: 'Leertaste', delete: 'Entf' };

describe('a chord', () => {
  it.each([
    [press(' '), 'Space'],
    [press('m'), 'M'],
    [press('k', { ctrlKey: true }), 'Mod+K'],
    [press('ArrowRight', { ctrlKey: true }), 'Mod+ArrowRight'],
    [press('?', { shiftKey: true }), 'Shift+?'],
    [press('P', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+P'],
    [press('+', { ctrlKey: true }), 'Mod++'],
    // On a German keyboard the slash is Shift and 7; the Shift says nothing.
    [press('/', { shiftKey: true }), '/'],
  ])('is read from a key press: %o is %s', (event, chord) => {
    expect(chordOfEvent(event, false)).toBe(chord);
  });

  it('takes Cmd for Mod on a Mac, and keeps Control apart', () => {
    expect(chordOfEvent(press('k', { metaKey: true }), true)).toBe('Mod+K');
    expect(chordOfEvent(press('k', { ctrlKey: true }), true)).toBe('Ctrl+K');
  });

  it('is none while only modifiers are down', () => {
    expect(chordOfEvent(press('Shift', { shiftKey: true }), false)).toBeNull();
  });

  it.each([
    ['Mod+K', '⌘K', 'Ctrl K', 'Strg K'],
    ['Space', 'Space', 'Space', 'Leertaste'],
    ['Shift+Enter', '⇧↵', 'Shift Enter', 'Umschalt Enter'],
    ['Shift+?', '?', '?', '?'],
    ['Alt+ArrowLeft', '⌥←', 'Alt ←', 'Alt ←'],
    ['Mod++', '⌘+', 'Ctrl +', 'Strg +'],
  ])('is shown as the system and the language write it: %s', (chord, mac, other, inGerman) => {
    expect(chordText(chord, english, true)).toBe(mac);
    expect(chordText(chord, english, false)).toBe(other);
    expect(chordText(chord, german, false)).toBe(inGerman);
  });

  it('is told to assistive technology by its standard names', () => {
    expect(ariaChord('Mod+K', false)).toBe('Control+K');
    expect(ariaChord('Mod+K', true)).toBe('Meta+K');
  });
});
