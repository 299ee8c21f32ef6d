/** A made-up catalog that is awkward to search: accents, signs, acronyms, Han and Kana, few words in many titles. */
import type { CatalogRecord } from '../../src/catalog/segments/catalog-records.ts';
import { albumRecord, artistRecord, artistRef, idOf, trackRecord } from '../builders/catalog-records.ts';

/** The same every time. */
const createRandom = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  return { below, pick };
};

/** No two are folded to the same word and written differently: see `correctedQuery` in the test. */
const WORDS = [
  ...'Fluss Kiesbett Löss Wörner Mühle Grün Straße Ærø Møte Señor Garçon Élan Naïve Łódź Öresund'.split(' '),
  ...'River Night Morning Voltage Spades Thunder Window Garden Silver Golden Harbour Winter'.split(' '),
  ...'Sundown Midnight Lantern Copper Meadow Station Telegraph Velvet Marble Orchard Compass'.split(' '),
  ...'Love Song Dance Blue The Of And Don’t T.N.T. R.E.M. AC/DC Ke$ha ???'.split(' '),
  ...'東京 事変 丸の内 サディスティック カーネーション Ночь Река Ελλάδα שלום'.split(' '),
];

const ARTISTS = [
  'Lene Wörner Trio',
  'AC/DC',
  'Motörhead',
  '東京事変',
  'R.E.M.',
  'Björk & Friends',
  'The Night Garden',
  'Señor Coconut',
  'Ночной Дозор',
  'Ke$ha',
  'Silver',
  '!!!',
  ...Array.from({ length: 60 }, (_, index) => `Band ${index + 1}`),
];

const GENRES = ['Jazz', 'Hip-Hop', 'Neue Musik', 'Électronique'];
const ALBUMS = 240;

export const catalogOfManyScripts = (seed: number): readonly CatalogRecord[] => {
  const { below, pick } = createRandom(seed);
  const title = (): string =>
    Array.from({ length: 1 + below(3) }, () => pick(WORDS))
      .join(' ')
      .concat(below(8) === 0 ? ` (${pick(['Live', 'Remix', 'feat. Silver'])})` : '');
  const records: CatalogRecord[] = ARTISTS.map((name) => artistRecord(name));
  for (let number = 0; number < ALBUMS; number += 1) {
    const artist = pick(ARTISTS);
    const albumTitle = below(10) === 0 ? artist : title();
    const releaseDate = pick([null, '1979', '1980-11', '2024-03-01', `20${10 + below(15)}-0${1 + below(9)}`]);
    const id = idOf('album', `${number}`);
    records.push(
      albumRecord(albumTitle, {
        id,
        artist,
        releaseDate,
        addedAt: `2026-0${1 + below(9)}-10T12:00:00.000Z`,
        albumKind: pick(['album', 'ep', 'single']),
      }),
    );
    for (let track = 0; track < 4 + below(6); track += 1) {
      const guest = below(6) === 0 ? pick(ARTISTS) : null;
      records.push(
        trackRecord(title(), {
          id: idOf('track', `${number}/${track}`),
          artists: [...new Set([artist, ...(guest === null ? [] : [guest])])].map(artistRef),
          album: { id, title: albumTitle },
          albumTitle,
          releaseDate,
          trackNumber: track + 1,
          durationMs: 60_000 + below(300_000),
          // Many were never played, and many as often as others: the order of equals matters.
          plays: pick([null, 0, 1, 7, below(1_000), below(5_000_000)]),
          genres: [pick(GENRES)],
        }),
      );
    }
  }
  return records;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyzäöüéñß';

/** What people type who look for one of these: whole, begun, mistyped, without accents, with others' names. */
export const queriesFor = (names: readonly string[], count: number, seed: number): readonly string[] => {
  const { below, pick } = createRandom(seed);
  const mistyped = (text: string): string => {
    const letters = [...text];
    const place = below(letters.length);
    const kind = below(4);
    if (kind === 0) letters.splice(place, 1);
    else if (kind === 1) letters.splice(place, 0, pick([...LETTERS]));
    else if (kind === 2) letters[place] = pick([...LETTERS]);
    else letters.splice(place, 2, ...letters.slice(place, place + 2).reverse());
    return letters.join('');
  };
  const begun = (text: string): string =>
    [...text].slice(0, 1 + below(Math.max(1, [...text].length))).join('');
  const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const oneWord = (text: string): string => pick(text.split(' '));
  return Array.from({ length: count }, (): string => {
    const name = pick(names);
    switch (below(10)) {
      case 0:
        return name;
      case 1:
        return begun(name);
      case 2:
      case 3:
        return mistyped(name);
      case 4:
        return mistyped(oneWord(name));
      case 5:
        return plain(name);
      case 6:
        return `${oneWord(name)} ${oneWord(pick(names))}`;
      case 7:
        return `${mistyped(oneWord(name))} ${begun(oneWord(pick(names)))}`;
      case 8:
        return begun(oneWord(name));
      default:
        return mistyped(mistyped(oneWord(name)));
    }
  });
};
