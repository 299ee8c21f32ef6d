import { foldLetters, normalise } from '../search-text/normalise.ts';

/** A title taken apart: what the piece is called, and which recording of it this is. */
export interface RecordingName {
  /** Normalised, without what follows in brackets or behind a dash where that only tells of the recording. */
  readonly base: string;
  /** Words that make it another recording (`live`, `remix` with its maker …), sorted. */
  readonly versions: readonly string[];
}

/** Another performance or another mix: not what was asked for. English, and as German catalogs write it. */
const OTHER_RECORDING =
  /\b(?:live|remix|rmx|mix|edit|acoustic|akustisch|unplugged|instrumental|karaoke|demo|cover|reprise|session|a ?cappella|orchestral|version|fassung|medley|dub|rework|vip)\b/u;
/** The same performance, made ready or sold once more. */
const SAME_RECORDING =
  /\b(?:remaster(?:ed)?|mono|stereo|explicit|clean|deluxe|anniversary|bonus|digital|original|album version|single version|radio edit|edition|ausgabe)\b/u;
const GUESTS = /\b(?:feat|ft|featuring|with|mit)\b/u;
/** `(…)`, `[…]` at the end, and ` - …`. */
const TAIL =
  /^(?<head>.*?\S)\s*(?:\((?<round>[^()]*)\)|\[(?<square>[^[\]]*)\]|\s[-–—]\s(?<dash>[^-–—]*))\s*$/u;
const LEADING_GUESTS = /^(?<head>.*?\S)\s+(?:feat\.?|ft\.?|featuring)\s.+$/u;

/** `Kiesbett (feat. Kim) - Live at Halden` is `kiesbett` in the version `live at halden`. */
export const recordingNameOf = (title: string): RecordingName => {
  const versions: string[] = [];
  let rest = foldLetters(title).trim();
  for (;;) {
    const groups = TAIL.exec(rest)?.groups;
    const head = groups?.['head'];
    const tail = normalise(groups?.['round'] ?? groups?.['square'] ?? groups?.['dash'] ?? '');
    if (head === undefined) break;
    const isSame = SAME_RECORDING.test(tail);
    const isOther = !isSame && OTHER_RECORDING.test(tail);
    // Brackets that belong to the name stay: `(Sittin' on) The Dock`, `Tubthumping (I get knocked down)`.
    if (tail !== '' && !isSame && !isOther && !GUESTS.test(tail)) break;
    if (isOther) versions.push(tail);
    rest = head;
  }
  const alone = LEADING_GUESTS.exec(rest)?.groups?.['head'] ?? rest;
  return { base: normalise(alone), versions: versions.toSorted() };
};

/** The single names in what stands for the artists: `A feat. B & C`, `A; B`, `A, B`. */
export const artistNamesIn = (artists: readonly string[]): readonly string[] => {
  const names = artists.flatMap((text) => [
    normalise(text),
    ...foldLetters(text)
      .split(/\s*(?:[,;/&+×]|\b(?:feat|ft|featuring|with|und|and|x|vs)\b\.?)\s*/u)
      .map(normalise),
  ]);
  return Array.from(new Set(names.filter((name) => name !== '')));
};
