import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  fileFailed: {
    title: '“{{name}}” was not opened',
    too_large: 'It is larger than 5 MB, which no playlist is.',
    no_text: 'It is no text in UTF-8.',
    unreadable: 'It cannot be read.',
  },
  track: {
    found: 'A link leads to “{{title}}”',
    detail: 'What plays now goes on.',
    play: 'Play it',
    notFound: 'The link leads to a track that is not in this catalog',
    failed: 'The link could not be opened',
  },
} as const;

export const de: SameTexts<typeof en> = {
  fileFailed: {
    title: '„{{name}}“ wurde nicht geöffnet',
    too_large: 'Die Datei ist größer als 5 MB, was keine Playlist ist.',
    no_text: 'Die Datei ist kein Text in UTF-8.',
    unreadable: 'Die Datei lässt sich nicht lesen.',
  },
  track: {
    found: 'Ein Link führt zu „{{title}}“',
    detail: 'Was gerade läuft, läuft weiter.',
    play: 'Abspielen',
    notFound: 'Der Link führt zu einem Titel, den es in diesem Katalog nicht gibt',
    failed: 'Der Link ließ sich nicht öffnen',
  },
};
