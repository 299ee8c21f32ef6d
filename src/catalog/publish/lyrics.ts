import type { Lyrics } from '../../contract/catalog-http.ts';

const MOST_LINES = 5000;
const LONGEST_LINE = 500;

type Line = Lyrics['lines'][number];

const TIME = /\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]/g;
const LEADING_TIMES = /^(?:\s*\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\])+/;
const LRC_HEADER = /^\s*\[([a-z#][a-z]*):([^\]]*)\]\s*$/i;

/**
 * Lyrics from text: LRC with times when it has any (several times a line, `[offset:…]`, word times dropped), else plain
 * lines. Null when there is nothing to sing.
 */
export function lyricsFromText(text: string, language: string | null = null): Lyrics | null {
  const rows = text
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '')
    .split(/\r\n|\r|\n/);
  const isTimed = rows.some((row) => LEADING_TIMES.test(row));
  const lines = isTimed ? timedLines(rows) : rows.map((row) => ({ atMs: null, text: cleanLine(row) }));
  return lyricsFromLines(lines, language);
}

/** Sorts by time, drops empty lines at both ends, caps what is absurd. */
export function lyricsFromLines(lines: readonly Line[], language: string | null): Lyrics | null {
  const sorted = lines.every((line) => line.atMs !== null)
    ? [...lines].sort((left, right) => (left.atMs ?? 0) - (right.atMs ?? 0))
    : lines.map((line) => ({ atMs: null, text: line.text }));
  const first = sorted.findIndex((line) => line.text !== '');
  if (first === -1) return null;
  const last = sorted.findLastIndex((line) => line.text !== '');
  return {
    language: languageOf(language),
    lines: sorted.slice(first, Math.min(last + 1, first + MOST_LINES)),
  };
}

export function isTimed(lyrics: Lyrics): boolean {
  return lyrics.lines.some((line) => line.atMs !== null);
}

function timedLines(rows: readonly string[]): readonly Line[] {
  let offsetMs = 0;
  const lines: Line[] = [];
  for (const row of rows) {
    const header = LRC_HEADER.exec(row);
    if (header?.[1]?.toLowerCase() === 'offset') offsetMs = Number.parseInt(header[2] ?? '0', 10) || 0;
    const times = LEADING_TIMES.exec(row)?.[0];
    if (times === undefined) continue;
    const words = cleanLine(row.slice(times.length).replaceAll(/<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>/g, ''));
    for (const time of times.matchAll(TIME)) lines.push({ atMs: millisecondsOf(time), text: words });
  }
  // A positive offset makes the words come sooner.
  return lines.map((line) => ({ ...line, atMs: Math.max(0, (line.atMs ?? 0) - offsetMs) }));
}

function millisecondsOf(time: RegExpExecArray): number {
  const fraction = Number((time[3] ?? '0').padEnd(3, '0'));
  return Number(time[1]) * 60_000 + Number(time[2]) * 1000 + fraction;
}

function cleanLine(row: string): string {
  return row
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_LINE);
}

/** ISO 639 codes pass; `xxx` and `und` mean that nobody said. */
function languageOf(language: string | null): string | null {
  const code = language?.trim().toLowerCase() ?? '';
  return /^[a-z]{2,3}$/.test(code) && code !== 'xxx' && code !== 'und' ? code : null;
}
