const ENGLISH = {
  message: 'Riffle’s window stopped several times within a minute.',
  detail:
    'Your queue and your music are safe. Reports of what happened lie on this computer and are not sent by themselves.',
  again: 'Open it again',
  quit: 'Quit',
} as const;

export type CrashTexts = { readonly [Key in keyof typeof ENGLISH]: string };

const GERMAN: CrashTexts = {
  message: 'Das Fenster von Riffle ist binnen einer Minute mehrmals ausgefallen.',
  detail:
    'Warteschlange und Musik sind sicher. Berichte darüber liegen auf diesem Computer und werden nicht von selbst gesendet.',
  again: 'Wieder öffnen',
  quit: 'Beenden',
};

/** By the language of a BCP 47 tag; English where there is no other. */
export const crashTexts = (locale: string): CrashTexts =>
  locale.toLowerCase().split('-')[0] === 'de' ? GERMAN : ENGLISH;
