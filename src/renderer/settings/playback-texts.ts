import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  fade: 'Fade on pause',
  fadeHelp: 'Pausing and going on take a moment instead of a click.',
  time: 'Time on the right of the waveform',
  timeHelp: 'Pressing the time in the player changes it as well.',
  total: 'Length',
  left: 'Time left',
  crossfade: 'Crossfade',
  crossfadeHelp: 'One track fades into the next. Records that play in order run together as they were made.',
  seconds: '{{seconds}} s',
  noCrossfade: 'Off',
  loudness: 'Even loudness',
  loudnessHelp: 'Quiet and loud recordings come out alike, and nothing is clipped.',
  loudnessModes: {
    auto: 'Automatic',
    track: 'Each track',
    album: 'Each record',
    off: 'Off',
  },
  level: 'How loud',
  levelHelp: 'Loud leaves the least room for what is quiet within a piece.',
  levels: { quiet: 'Quiet', normal: 'Normal', loud: 'Loud' },
  autoplay: 'Go on by itself',
  autoplayHelp: 'At the end of the queue, similar music follows.',
} as const;

export const de = {
  fade: 'Beim Anhalten ausblenden',
  fadeHelp: 'Anhalten und Weiterspielen gehen weich statt mit einem Knacks.',
  time: 'Zeit rechts neben der Wellenform',
  timeHelp: 'Ein Klick auf die Zeit im Player ändert sie auch.',
  total: 'Länge',
  left: 'Restzeit',
  crossfade: 'Überblenden',
  crossfadeHelp:
    'Ein Titel blendet in den nächsten über. Alben, die der Reihe nach laufen, gehen ineinander, wie sie gemacht sind.',
  seconds: '{{seconds}} s',
  noCrossfade: 'Aus',
  loudness: 'Gleiche Lautstärke',
  loudnessHelp: 'Leise und laute Aufnahmen klingen gleich laut, und nichts übersteuert.',
  loudnessModes: {
    auto: 'Automatisch',
    track: 'Je Titel',
    album: 'Je Album',
    off: 'Aus',
  },
  level: 'Wie laut',
  levelHelp: 'Laut lässt am wenigsten Platz für das, was in einem Stück leise ist.',
  levels: { quiet: 'Leise', normal: 'Normal', loud: 'Laut' },
  autoplay: 'Von selbst weiter',
  autoplayHelp: 'Am Ende der Warteschlange folgt ähnliche Musik.',
} satisfies SameTexts<typeof en>;
