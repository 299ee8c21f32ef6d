import { isMac, type Chord } from './chord.ts';

/** Everything a key can do. Owners register what it does (`registerAction`); the keys and their names are here. */
export const ACTION_NAMES = [
  'playback.toggle',
  'playback.next',
  'playback.previous',
  'playback.seekBack',
  'playback.seekForward',
  'playback.volumeDown',
  'playback.volumeUp',
  'playback.mute',
  'playback.shuffle',
  'playback.repeat',
  'playback.goToCurrent',
  'playback.queue',
  'playback.lyrics',
  'playback.nowPlaying',
  'library.like',
  'frame.search',
  'frame.back',
  'frame.forward',
  'frame.settings',
  'page.find',
  'shortcuts.list',
] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

const DEFAULTS: Readonly<Record<ActionName, Chord>> = {
  'playback.toggle': 'Space',
  'playback.next': 'Mod+ArrowRight',
  'playback.previous': 'Mod+ArrowLeft',
  'playback.seekBack': 'ArrowLeft',
  'playback.seekForward': 'ArrowRight',
  'playback.volumeDown': 'Mod+ArrowDown',
  'playback.volumeUp': 'Mod+ArrowUp',
  'playback.mute': 'M',
  'playback.shuffle': 'Mod+S',
  'playback.repeat': 'Mod+R',
  'playback.goToCurrent': 'Mod+L',
  'playback.queue': 'Q',
  'playback.lyrics': 'Y',
  'playback.nowPlaying': 'F',
  'library.like': 'L',
  'frame.search': 'Mod+K',
  'frame.back': 'Alt+ArrowLeft',
  'frame.forward': 'Alt+ArrowRight',
  'frame.settings': 'Mod+,',
  'page.find': 'Mod+F',
  'shortcuts.list': 'Shift+?',
};

const MAC_DEFAULTS: Partial<Record<ActionName, Chord>> = { 'frame.back': 'Mod+[', 'frame.forward': 'Mod+]' };

export const isActionName = (name: string): name is ActionName =>
  ACTION_NAMES.some((known) => known === name);

export const defaultChord = (name: ActionName, mac: boolean = isMac()): Chord =>
  (mac ? MAC_DEFAULTS[name] : undefined) ?? DEFAULTS[name];

/** What the listener changed: action → chord, null unbinds. */
export type ChordChanges = Readonly<Record<string, Chord | null>>;

/** The chord of an action, null when it has none. */
export function chordFor(name: ActionName, changes: ChordChanges, mac: boolean = isMac()): Chord | null {
  const changed = changes[name];
  return changed === undefined ? defaultChord(name, mac) : changed;
}

/** The action a chord stands for. When two claim it, what the listener set wins over a default. */
export function actionFor(chord: Chord, changes: ChordChanges, mac: boolean = isMac()): ActionName | null {
  const claiming = ACTION_NAMES.filter((name) => chordFor(name, changes, mac) === chord);
  return claiming.find((name) => changes[name] !== undefined) ?? claiming[0] ?? null;
}

/** Every other action that has this chord already. */
export function conflictsOf(
  name: ActionName,
  chord: Chord,
  changes: ChordChanges,
  mac: boolean = isMac(),
): readonly ActionName[] {
  return ACTION_NAMES.filter((other) => other !== name && chordFor(other, changes, mac) === chord);
}

/**
 * The changes after giving an action a chord (null: none). What had the chord before loses it; what is back at its
 * default is no change any more.
 */
export function rebind(
  name: ActionName,
  chord: Chord | null,
  changes: ChordChanges,
  mac: boolean = isMac(),
): ChordChanges {
  const losing = chord === null ? [] : conflictsOf(name, chord, changes, mac);
  const next: Record<string, Chord | null> = { ...changes, [name]: chord };
  for (const other of losing) next[other] = null;
  return Object.fromEntries(
    Object.entries(next).filter(
      ([action, value]) => !isActionName(action) || value !== defaultChord(action, mac),
    ),
  );
}
