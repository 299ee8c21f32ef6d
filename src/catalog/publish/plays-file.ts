import { readFile } from 'node:fs/promises';
import { PublishError, reasonOf, systemErrorCode } from './publish-error.ts';

/** How often tracks were played, as the operator reports it. */
export interface ReportedPlays {
  readonly count: number;
  /** Null when nothing is said of the track. */
  of(path: string, isrc: string | null): number | null;
}

export const NO_PLAYS: ReportedPlays = { count: 0, of: () => null };

/**
 * Reads a CSV with the header `path,plays` or `isrc,plays` (RFC 4180 quoting; columns in any order, others ignored).
 *
 * @param isRequired whether it was asked for by name; if not, a missing file reports nothing.
 * @throws PublishError when it cannot be read or a line makes no sense.
 */
export async function readPlaysFile(file: string, isRequired: boolean): Promise<ReportedPlays> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!isRequired && systemErrorCode(error) === 'ENOENT') return NO_PLAYS;
    throw badPlays(file, reasonOf(error), error);
  }
  return parsePlays(text, file);
}

export function parsePlays(text: string, file: string): ReportedPlays {
  const table = rowsOf(text.replace(/^\ufeff/, ''));
  if (table === null) throw badPlays(file, 'its quotes do not pair');
  const [header, ...rows] = table;
  const columns = (header ?? []).map((name) => name.trim().toLowerCase());
  const plays = columns.indexOf('plays');
  const path = columns.indexOf('path');
  const isrc = columns.indexOf('isrc');
  if (plays === -1 || (path === -1 && isrc === -1))
    throw badPlays(file, 'its first line names no path or isrc, and plays');
  const byPath = new Map<string, number>();
  const byIsrc = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const value = row[plays]?.trim() ?? '';
    if (!/^\d{1,15}$/.test(value)) throw badPlays(file, `line ${index + 2} has no whole number of plays`);
    const pathValue =
      path === -1
        ? ''
        : (row[path] ?? '')
            .trim()
            .normalize('NFC')
            .replaceAll('\\', '/')
            .replace(/^\.?\//, '');
    const isrcValue = isrc === -1 ? '' : isrcKey(row[isrc] ?? '');
    if (pathValue !== '') byPath.set(pathValue, Number(value));
    if (isrcValue !== '') byIsrc.set(isrcValue, (byIsrc.get(isrcValue) ?? 0) + Number(value));
  }
  return {
    count: byPath.size + byIsrc.size,
    of: (trackPath, trackIsrc) =>
      byPath.get(trackPath) ?? (trackIsrc === null ? undefined : byIsrc.get(isrcKey(trackIsrc))) ?? null,
  };
}

const isrcKey = (isrc: string): string => isrc.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** Rows of cells; empty lines are left out. Null when quotes do not pair. */
function rowsOf(text: string): readonly (readonly string[])[] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/gy;
  while (cells.lastIndex < text.length) {
    const match = cells.exec(text);
    if (match === null) return null;
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cellsOfRow) => cellsOfRow.some((cell) => cell.trim() !== ''));
}

function badPlays(file: string, reason: string, cause?: unknown): PublishError {
  return new PublishError(
    'bad_plays_file',
    `The plays file ${file} cannot be used: ${reason}.`,
    'It is a CSV file with the header "path,plays" or "isrc,plays".',
    { cause },
  );
}
