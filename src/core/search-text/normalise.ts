/**
 * How text is folded before it is compared, everywhere: titles when they are indexed, queries when they are asked, in the
 * service and offline alike. What two people may type differently becomes the same here.
 */

/** Letters that Unicode does not decompose, but that are typed without their mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ĸ: 'k',
  ŀ: 'l',
  ə: 'e',
};
const SPECIAL_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/** Every sign that people use as one; also the accents that NFKD would turn into a space and a mark. */
const APOSTROPHES = /['’‘‛ʼʹʻʽ`´′＇]/gu;

/**
 * Marks of the scripts in which they are left out when typing (Latin, Greek, Cyrillic, Hebrew, Arabic), and variation
 * selectors. Vowel signs of Indic scripts and the voicing marks of Japanese are letters to a reader and stay.
 */
const MARK_RANGES = [
  ['\\u0300', '\\u036f'],
  ['\\u0483', '\\u0487'],
  ['\\u0591', '\\u05bd'],
  ['\\u05bf', '\\u05bf'],
  ['\\u05c1', '\\u05c2'],
  ['\\u05c4', '\\u05c5'],
  ['\\u05c7', '\\u05c7'],
  ['\\u064b', '\\u065f'],
  ['\\u0670', '\\u0670'],
  ['\\u1ab0', '\\u1aff'],
  ['\\u1dc0', '\\u1dff'],
  ['\\u20d0', '\\u20ff'],
  ['\\ufe00', '\\ufe0f'],
  ['\\ufe20', '\\ufe2f'],
];
const MARKS = new RegExp(`[${MARK_RANGES.map(([first, last]) => `${first}-${last}`).join('')}]`, 'gu');

const ASCII = /^[\x20-\x7e]*$/;
/** `t.n.t.`, `r.e.m`: single letters with full stops between. */
const ACRONYM = /(?<![\p{L}\p{N}\p{M}.])\p{L}(?:\.\p{L})+\.?(?![\p{L}\p{N}\p{M}])/gu;
const LETTER_SIGNS = /(?<=\p{L})[$!](?=\p{L})/gu;
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
/** A run of signs: what the name of `÷`, `???` or `🔥` consists of. */
const SIGNS = /[^\s\p{C}"]+/gu;

/** Lower-case, without marks, apostrophes and typographic variants; punctuation is still there. */
export const foldLetters = (text: string): string => {
  const lower = text.toLowerCase().replace(APOSTROPHES, '');
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(APOSTROPHES, '')
    .replace(MARKS, '')
    .normalize('NFC');
};

/** Words of text that has been through `foldLetters`; of text without a letter or digit, its runs of signs. */
export const wordsOfFolded = (folded: string): readonly string[] => {
  let text = folded;
  if (text.includes('.')) text = text.replace(ACRONYM, (acronym) => acronym.replaceAll('.', ''));
  if (text.includes('$') || text.includes('!')) {
    text = text.replace(LETTER_SIGNS, (sign) => (sign === '$' ? 's' : 'i'));
  }
  return text.match(WORDS) ?? text.match(SIGNS) ?? [];
};

/**
 * The form in which texts are compared: words in lower case with one space between. `Motörhead` is `motorhead`, `AC/DC`
 * `ac dc`, `T.N.T.` `tnt`, `Don’t` `dont`, `Ke$ha` `kesha`. Text of signs alone keeps them: `???` stays findable.
 * Applying it twice changes nothing.
 */
export const normalise = (text: string): string => wordsOfFolded(foldLetters(text)).join(' ');
