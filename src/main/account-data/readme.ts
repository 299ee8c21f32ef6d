/** What an archive says of itself, to whoever opens it in ten years. */

export type ReadmeLanguage = 'en' | 'de';

export interface ReadmeFacts {
  readonly account: string;
  readonly service: string;
  /** `2026-01-31` */
  readonly day: string;
  readonly hasServiceLibrary: boolean;
  readonly leftOut: number;
}

type Sentences = (facts: ReadmeFacts) => readonly string[];

const en: Sentences = ({ account, service, day, hasServiceLibrary, leftOut }) => [
  `Everything of ${account} at ${service}, taken out with Riffle on ${day}.`,
  '',
  hasServiceLibrary
    ? 'riffle-library.json  Everything that the service has of you, as it keeps it. Riffle services read it.'
    : 'The service could not be asked. This is what the computer had: what was changed or played on other\n' +
      'devices may be missing, and riffle-library.json is.',
  'account.json         Who you are at the service. No password and nothing to sign in with.',
  'playlists/           Every playlist, as JSPF and as M3U8.',
  'liked/               Liked tracks (CSV and JSPF), saved albums and followed artists (CSV).',
  'history.csv          What you played, each play once, as far as this computer knows; times are UTC. Riffle reads it.',
  ...(leftOut === 0 ? [] : ['', `Playlists that could not be read: ${leftOut}.`]),
  '',
  'The music itself is not in here: titles are named, not copied.',
];

const de: Sentences = ({ account, service, day, hasServiceLibrary, leftOut }) => [
  `Alles von ${account} bei ${service}, am ${day} mit Riffle mitgenommen.`,
  '',
  hasServiceLibrary
    ? 'riffle-library.json  Alles, was der Dienst von dir hat, so wie er es aufbewahrt. Riffle-Dienste lesen es.'
    : 'Der Dienst ließ sich nicht fragen. Das hier ist, was der Computer hatte: Was auf anderen Geräten\n' +
      'geändert oder gehört wurde, kann fehlen, und riffle-library.json fehlt.',
  'account.json         Wer du beim Dienst bist. Kein Passwort und nichts, womit man sich anmelden kann.',
  'playlists/           Jede Playlist, als JSPF und als M3U8.',
  'liked/               Lieblingstitel (CSV und JSPF), gemerkte Alben und gefolgte Künstler (CSV).',
  'history.csv          Was du gehört hast, jede Wiedergabe einmal, soweit dieser Computer es weiß; Zeiten in UTC. Riffle liest es.',
  ...(leftOut === 0 ? [] : ['', `Playlists, die sich nicht lesen ließen: ${leftOut}.`]),
  '',
  'Die Musik selbst ist nicht dabei: Titel sind genannt, nicht kopiert.',
];

const SENTENCES: Readonly<Record<ReadmeLanguage, Sentences>> = { en, de };

/** Line ends that every editor shows, and a byte order mark for those that would guess. */
export const writeReadme = (language: ReadmeLanguage, facts: ReadmeFacts): string =>
  `\uFEFF${SENTENCES[language](facts).join('\n').replaceAll('\n', '\r\n')}\r\n`;
