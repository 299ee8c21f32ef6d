import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  set: 'Sleep timer',
  minutes_one: 'In {{formatted}} minute',
  minutes_other: 'In {{formatted}} minutes',
  endOfTrack: 'At the end of the track',
  endOfAlbum: 'At the end of the record',
  off: 'Turn off',
  left: 'The music stops in {{time}}',
  untilTrack: 'The music stops after this track',
  untilAlbum: 'The music stops after this record',
  leftLabel: 'Sleep timer, {{time}} left',
  waitsLabel: 'Sleep timer, set',
} as const;

export const de = {
  set: 'Schlummer-Timer',
  minutes_one: 'In {{formatted}} Minute',
  minutes_other: 'In {{formatted}} Minuten',
  endOfTrack: 'Am Ende des Titels',
  endOfAlbum: 'Am Ende des Albums',
  off: 'Ausschalten',
  left: 'Die Musik endet in {{time}}',
  untilTrack: 'Die Musik endet nach diesem Titel',
  untilAlbum: 'Die Musik endet nach diesem Album',
  leftLabel: 'Schlummer-Timer, noch {{time}}',
  waitsLabel: 'Schlummer-Timer, gestellt',
} satisfies SameTexts<typeof en>;
