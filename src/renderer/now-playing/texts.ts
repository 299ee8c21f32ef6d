import type { SameTexts } from '../i18n/same-texts.ts';
import { de as sleepDe, en as sleepEn } from './sleep-texts.ts';

export const en = {
  title: 'Now playing',
  openNamed: 'Now playing: {{title}}',
  back: 'Back to where you were',
  lyrics: 'Lyrics',
  lyricsText: 'Lyrics, to scroll',
  noLyrics: 'There are no lyrics for this track.',
  lyricsFailed: 'The lyrics could not be fetched.',
  again: 'Try again',
  follow: 'Follow the song',
  close: 'Close',
  more: 'More about {{title}}',
  nothingPlays: 'Nothing is playing',
  nothingPlaysHelp: 'Press play on anything.',
  goHome: 'Go to Home',
  mini: 'Mini player',
  miniNotOpened: 'The mini player could not be opened',
  sleep: sleepEn,
} as const;

export const de = {
  title: 'Läuft gerade',
  openNamed: 'Läuft gerade: {{title}}',
  back: 'Zurück, wo du warst',
  lyrics: 'Songtext',
  lyricsText: 'Songtext zum Scrollen',
  noLyrics: 'Zu diesem Titel gibt es keinen Songtext.',
  lyricsFailed: 'Der Songtext ließ sich nicht holen.',
  again: 'Noch einmal',
  follow: 'Mitlaufen',
  close: 'Schließen',
  more: 'Mehr zu {{title}}',
  nothingPlays: 'Es läuft nichts',
  nothingPlaysHelp: 'Drück irgendwo auf Abspielen.',
  goHome: 'Zum Start',
  mini: 'Mini-Player',
  miniNotOpened: 'Der Mini-Player ließ sich nicht öffnen',
  sleep: sleepDe,
} satisfies SameTexts<typeof en>;
