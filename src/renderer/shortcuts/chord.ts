/**
 * A chord is a key with its modifiers, as text: `Mod+ArrowRight`, `Shift+?`, `Space`, `M`. Modifiers come in the order
 * Mod, Ctrl, Alt, Shift. `Mod` is Cmd on macOS and Ctrl elsewhere; letters are upper case, other keys are named as
 * `KeyboardEvent.key` names them, but for `Space`.
 */
export type Chord = string;

export interface ChordParts {
  readonly mod: boolean;
  /** The Control key of a Mac; elsewhere Control is `mod`. */
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

export const isMac = (): boolean => /mac/i.test(globalThis.navigator?.platform ?? '');

const MODIFIER_KEYS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

const normalKey = (key: string): string => {
  if (key === ' ') return 'Space';
  return key.length === 1 ? key.toUpperCase() : key;
};

/** Shift is part of how a sign such as `?` is typed, so it is kept only where it says something: with letters and names. */
const shiftMatters = (key: string): boolean => key.length > 1 || /\p{L}/u.test(key);

export function partsOf(chord: Chord): ChordParts {
  const pieces = chord.split('+');
  // `Mod++` ends in the plus key itself.
  const key = chord.endsWith('++') || chord === '+' ? '+' : (pieces.at(-1) ?? '');
  return {
    mod: pieces.includes('Mod'),
    control: pieces.includes('Ctrl'),
    alt: pieces.includes('Alt'),
    shift: pieces.includes('Shift'),
    key,
  };
}

export function chordOf(parts: ChordParts): Chord {
  return [
    parts.mod ? 'Mod' : null,
    parts.control ? 'Ctrl' : null,
    parts.alt ? 'Alt' : null,
    parts.shift && (shiftMatters(parts.key) || parts.key === '?') ? 'Shift' : null,
    parts.key,
  ]
    .filter((piece) => piece !== null)
    .join('+');
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The chord a key press stands for; null while only modifiers are down. */
export function chordOfEvent(event: KeyPress, mac: boolean = isMac()): Chord | null {
  if (MODIFIER_KEYS.has(event.key)) return null;
  return chordOf({
    mod: mac ? event.metaKey : event.ctrlKey,
    control: mac && event.ctrlKey,
    alt: event.altKey,
    shift: event.shiftKey,
    key: normalKey(event.key),
  });
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
const MAC_SIGNS: Readonly<Record<string, string>> = {
  Enter: '↵',
  Delete: '⌦',
  Backspace: '⌫',
  Tab: '⇥',
};

/** The words a language has for keys. */
export interface KeyNames {
  readonly control: string;
  readonly shift: string;
  readonly alt: string;
  readonly space: string;
  readonly delete: string;
  readonly escape: string;
  readonly enter: string;
}

/** As it stands on screen: `⌘K` on a Mac, `Ctrl K` elsewhere, `Strg K` in German. */
export function chordText(chord: Chord, names: KeyNames, mac: boolean = isMac()): string {
  const { mod, control, alt, shift, key } = partsOf(chord);
  const named: Readonly<Record<string, string>> = {
    Space: names.space,
    Delete: names.delete,
    Escape: names.escape,
    Enter: names.enter,
  };
  const shown = SIGNS[key] ?? (mac ? MAC_SIGNS[key] : undefined) ?? named[key] ?? key;
  // The sign already says that Shift is held.
  const showsShift = shift && shiftMatters(key);
  if (mac) {
    return [control ? '⌃' : '', alt ? '⌥' : '', showsShift ? '⇧' : '', mod ? '⌘' : '', shown].join('');
  }
  return [mod ? names.control : null, alt ? names.alt : null, showsShift ? names.shift : null, shown]
    .filter((piece) => piece !== null)
    .join(' ');
}

/** As `aria-keyshortcuts` wants it. */
export function ariaChord(chord: Chord, mac: boolean = isMac()): string {
  return chord.replace(/\bMod\b/, mac ? 'Meta' : 'Control').replace(/\bCtrl\b/, 'Control');
}
