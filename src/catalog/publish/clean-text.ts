/** Longest text taken from a tag, in code points; what is longer is cut. */
const LONGEST_TEXT = 500;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * UTF-8 that was read as Latin-1 (RIFF INFO chunks and many old ID3v1 tags): `TÃ¶ne` → `Töne`. Real Latin-1 text is
 * almost never valid UTF-8, so text that is not is left alone.
 */
function repairEncoding(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[^\p{ASCII}\u0080-\u00ff]/u.test(text)) return text;
  try {
    return strictUtf8.decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  } catch {
    // Not UTF-8 after all: the text means what it says.
    return text;
  }
}

/** NFC, without control characters, one space where there was any white space, at most 500 code points; null when empty. */
export function cleanText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = repairEncoding(value)
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\u200b\u2060\ufeff]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const cut = text.length > LONGEST_TEXT ? Array.from(text).slice(0, LONGEST_TEXT).join('').trimEnd() : text;
  return cut === '' ? null : cut;
}

/** Tags come from outside: what music-metadata types as a list is a single value for some formats. */
const listOf = (values: unknown): readonly unknown[] => {
  if (values === undefined || values === null) return [];
  return Array.isArray(values) ? values : [values];
};

/** Clean texts of a list, or of a single value, in order, each once. */
export function cleanTexts(values: unknown): readonly string[] {
  const texts = listOf(values)
    .map(cleanText)
    .filter((text) => text !== null);
  return [...new Set(texts)];
}

/** What two spellings of one name have in common: compatibility forms, case, quotes, dashes and spaces do not count. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc`´]/g, "'")
    .replaceAll(/[\u2010-\u2015]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Byte-wise order: the same on every machine and in every locale. */
export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
