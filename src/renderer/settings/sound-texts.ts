import type { SameTexts } from '../i18n/same-texts.ts';

/** Beside the words of `playback/sound`. */
export const en = {
  deviceHelp: 'What the music comes out of.',
  deviceGone: 'It is not connected. The music comes out of the system’s own.',
  deviceBack: 'It is connected again. The music still comes out of the system’s own.',
  missingDevice: 'Not connected',
  mono: 'Mono',
  monoHelp: 'Both sides carry the same, for one ear or one loudspeaker.',
  equaliserHelp: 'Each output device remembers its own.',
  bands: 'Ten bands, in decibels',
  curve: 'What the equaliser does, from 20 Hz to 20 kHz',
} as const;

export const de = {
  deviceHelp: 'Woraus die Musik kommt.',
  deviceGone: 'Es ist nicht angeschlossen. Die Musik kommt aus dem des Systems.',
  deviceBack: 'Es ist wieder angeschlossen. Die Musik kommt noch aus dem des Systems.',
  missingDevice: 'Nicht angeschlossen',
  mono: 'Mono',
  monoHelp: 'Beide Seiten spielen dasselbe, für ein Ohr oder einen Lautsprecher.',
  equaliserHelp: 'Jedes Ausgabegerät merkt sich seinen eigenen.',
  bands: 'Zehn Bänder, in Dezibel',
  curve: 'Was der Equalizer tut, von 20 Hz bis 20 kHz',
} satisfies SameTexts<typeof en>;
