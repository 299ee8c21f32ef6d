/**
 * Takes out of text about the program what must not leave a person's computer: pure, and on the side of taking too much. What
 * stays is what finds a defect: names of errors and functions, lines in scripts, codes, numbers, the program's own words.
 */

/** What this computer knows of its person. */
export interface PrivateFacts {
  /** The app's own folders, told of under their names: `/home/lene/.config/riffle/queue.json` → `<data>/queue.json`. */
  readonly folders: readonly { readonly path: string; readonly name: string }[];
  /** Names of user, computer and accounts, titles that were played. Whatever their case; single letters are passed over. */
  readonly words: readonly string[];
}

type Rule = readonly [pattern: RegExp, to: string | ((matched: string) => string)];

/** Of what comes in, so that no rule takes long; what is cut in two here is far behind what anybody is shown. */
const MOST_CHARACTERS = 20_000;

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
const spellingsOf = (text: string): readonly string[] => [text, text.normalize('NFC'), text.normalize('NFD')];

/** With either slash, doubled where the text was quoted, and percent-encoded where it is a URL. */
const folderRule = ({ path, name }: PrivateFacts['folders'][number]): Rule => {
  const bare = path.toWellFormed().replace(/[\\/]+$/, '');
  const spellings = spellingsOf(bare).flatMap((each) => [each, encodeURI(each.replaceAll('\\', '/'))]);
  const patterns = spellings.map((each) =>
    each
      .split(/[\\/]+/)
      .map(literally)
      .join(String.raw`[\\/]+`),
  );
  const alternatives = [...new Set(patterns)].join('|');
  return [
    new RegExp(String.raw`(?<![\p{L}\p{N}])(?:file:\/{2,3})?(?:${alternatives})(?![\p{L}\p{N}._-])`, 'giu'),
    () => `<${name}>`,
  ];
};

/** Letters and digits of any script stand around a word, or it is another word. */
const wordRule = (word: string): Rule => {
  const whole = word.toWellFormed();
  const spellings = new Set([...spellingsOf(whole), encodeURIComponent(whole)]);
  const alternatives = Array.from(spellings, literally).join('|');
  return [new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'giu'), '<name>'];
};

/** `…/index.js:12:7`, with which a frame of a stack ends. */
const SCRIPT_PLACE = /[\\/]([\w.-]{1,40}\.[cm]?[jt]sx?(?::\d+){1,2}\)?)$/;
const placeIn =
  (marker: string) =>
  (matched: string): string => {
    const place = SCRIPT_PLACE.exec(matched)?.[1];
    return place === undefined ? marker : `${marker}/${place}`;
  };

const RULES: readonly Rule[] = [
  // An apostrophe belongs to an address (RFC 3986, section 2.2), and a quotation mark does not.
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"“”<>]*/giu, placeIn('<address>')],
  [/\b(?:data|blob|mailto|riffle|magnet):[^\s"“”<>]+/giu, '<address>'],
  [/[^\s<>]*%(?:2f|5c)[^\s<>]*/giu, '<path>'],
  [/\b(bearer|basic|dpop)\s+[^\s,;"'<>]+/giu, '$1 <secret>'],
  [
    /\b([\w-]*(?:token|secret|password|passwd|verifier|signature|credential|cookie|api_?key|authorization)["']?\s*[=:]\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s,;&"'<>]+)/giu,
    '$1<secret>',
  ],
  [/[\p{L}\p{N}._%+-]{1,100}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '<email>'],
  // A quoted path ends with the line's last such quote: file names have quotes in them too.
  [/(["'`])(?:[a-z]:[\\/]|\\\\|\/|~[\\/])[^\n]*\1/giu, '$1<path>$1'],
  // Of any other nobody knows where it ends. Paths of the service's interface are no files.
  [
    /(?<![\p{L}\p{N}<>.:/\\])(?:[a-z]:[\\/]|\\\\|~[\\/]|\/(?!v1\/)(?=[\p{L}\p{N}._~]))[^\n]*/giu,
    placeIn('<path>'),
  ],
  [/(\/v1\/[\w/.-]*)\?\S*/g, '$1?…'],
  // What somebody quoted is content: a title, a piece of a document.
  [/"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|‘[^’\n]*’/gu, '"…"'],
  [/\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b/gu, '<ip>'],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/giu, '<ip>'],
  [/(?<![0-9a-z])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){2,}[0-9a-f]*(?![0-9a-z])/giu, '<id>'],
];

const LONG_RUN = /(<[a-z]+>[\\/][\w.-]{1,40}\.[cm]?[jt]sx?(?::\d+){1,2})|[A-Za-z0-9+/_~=.-]{16,}/g;
/** Words set together as names in programs are: `createHost`, `artwork-cache/serve.ts`, `ERR_INVALID_STATE`, `2026-11-26`. */
const READS_AS_WORDS =
  /^[._/~-]*(?:(?:[A-Z]?[a-z]{2,18}|[A-Z]{1,14}|[a-z]|\d{1,4})[._/-]*)(?:(?:[A-Z][a-z]{2,18}|(?<=[._/-])[A-Za-z][a-z]{0,18}|(?<=[._/-])[A-Z]{2,14}|(?<=[._/-])\d{1,4}|(?<=[a-z])\d{1,2}(?![0-9A-Za-z]))[._/-]*)*$/;

const withoutLongRuns = (text: string): string =>
  text.replace(LONG_RUN, (run: string, place: string | undefined) =>
    place !== undefined || READS_AS_WORDS.test(run) ? run : '<secret>',
  );

/** Makes the rules of one computer once; what it gives redacts any number of texts. Doing it twice changes nothing more. */
export const createRedaction = (facts: PrivateFacts): ((text: string) => string) => {
  const longestFirst = facts.folders
    .filter(({ path }) => path.replace(/[\\/]+$/, '').length > 1)
    .toSorted((one, other) => other.path.length - one.path.length);
  const words = [...new Set(facts.words.map((word) => word.trim()))]
    .filter((word) => word.length > 1)
    .toSorted((one, other) => other.length - one.length);
  const rules: readonly Rule[] = [...longestFirst.map(folderRule), ...RULES, ...words.map(wordRule)];
  return (text) => {
    let redacted = text.slice(0, MOST_CHARACTERS);
    for (const [pattern, to] of rules) {
      redacted =
        typeof to === 'string' ? redacted.replace(pattern, to) : redacted.replace(pattern, (all) => to(all));
    }
    return withoutLongRuns(redacted);
  };
};
