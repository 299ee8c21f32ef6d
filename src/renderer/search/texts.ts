import type { SameTexts } from '../i18n/same-texts.ts';

/** What the search box and its page say. */
export const en = {
  box: {
    label: 'Search',
    placeholder: 'Search titles, artists, albums',
    clear: 'Clear search',
  },
  title: 'Search',
  results: 'Results for “{{query}}”',
  chips: { label: 'Kind of result', all: 'All', tracks: 'Tracks', albums: 'Albums', artists: 'Artists' },
  more: '{{formatted}}+',
  allOf: 'All {{formatted}}',
  correction: {
    showing: 'Showing results for <query></query>. <instead>Search instead for <typed>{{typed}}</typed></instead>',
  },
  best: 'Best match',
  kind: { track: 'Track', album: 'Album', artist: 'Artist' },
  play: 'Play',
  openAlbum: 'Open album',
  openArtist: 'Open artist',
  showing_one: 'The best {{shown}} of {{formatted}}',
  showing_other: 'The best {{shown}} of {{formatted}}',
  albumsAndTracks: '{{albums}}, {{tracks}}',
  albums_one: '{{formatted}} album',
  albums_other: '{{formatted}} albums',
  tracks_one: '{{formatted}} track',
  tracks_other: '{{formatted}} tracks',
  nothing: {
    title: 'No “{{query}}”',
    help: 'Neither as typed nor with one or two letters changed.',
    noneOfKind: 'There are results of another kind.',
    showAll: 'Show all kinds',
    browse: 'Browse all albums',
  },
  failed: 'The search could not be answered',
  idle: {
    title: 'What would you like to hear?',
    help: 'A few letters are enough, and they need not be the right ones.',
  },
  recent: {
    heading: 'Searched lately',
    forget: 'Forget “{{query}}”',
    forgetAll: 'Forget all',
  },
  announce_one: '{{formatted}} result',
  announce_other: '{{formatted}} results',
} as const;

export const de = {
  box: {
    label: 'Suchen',
    placeholder: 'Titel, Interpreten, Alben suchen',
    clear: 'Suche leeren',
  },
  title: 'Suchen',
  results: 'Ergebnisse für „{{query}}“',
  chips: { label: 'Art der Ergebnisse', all: 'Alles', tracks: 'Titel', albums: 'Alben', artists: 'Interpreten' },
  more: 'über {{formatted}}',
  allOf: 'Alle {{formatted}}',
  correction: {
    showing:
      'Ergebnisse für <query></query>. <instead>Stattdessen nach <typed>{{typed}}</typed> suchen</instead>',
  },
  best: 'Bester Treffer',
  kind: { track: 'Titel', album: 'Album', artist: 'Interpret' },
  play: 'Abspielen',
  openAlbum: 'Zum Album',
  openArtist: 'Zum Interpreten',
  showing_one: 'Die besten {{shown}} von {{formatted}}',
  showing_other: 'Die besten {{shown}} von {{formatted}}',
  albumsAndTracks: '{{albums}}, {{tracks}}',
  albums_one: '{{formatted}} Album',
  albums_other: '{{formatted}} Alben',
  tracks_one: '{{formatted}} Titel',
  tracks_other: '{{formatted}} Titel',
  nothing: {
    title: 'Kein „{{query}}“',
    help: 'Weder so getippt noch mit ein, zwei anderen Buchstaben.',
    noneOfKind: 'Es gibt Ergebnisse anderer Art.',
    showAll: 'Alles zeigen',
    browse: 'Alle Alben durchsehen',
  },
  failed: 'Die Suche ließ sich nicht beantworten',
  idle: {
    title: 'Was möchtest du hören?',
    help: 'Ein paar Buchstaben genügen, und es müssen nicht die richtigen sein.',
  },
  recent: {
    heading: 'Zuletzt gesucht',
    forget: '„{{query}}“ vergessen',
    forgetAll: 'Alle vergessen',
  },
  announce_one: '{{formatted}} Ergebnis',
  announce_other: '{{formatted}} Ergebnisse',
} satisfies SameTexts<typeof en>;
