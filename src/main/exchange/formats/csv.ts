/**
 * Tables, as Exportify, TuneMyMusic, Soundiiz, spreadsheets and Riffle itself write them: a row a track, columns told by the names in
 * the first row. The separator is whichever of comma, semicolon and tab the first row has most of.
 */
import { CsvError, parse } from 'csv-parse/sync';
import {
  isNamed,
  isrcOf,
  timeOf,
  trackOf,
  type ExchangePlay,
  type ExchangePlaylist,
  type ExchangeTrack,
} from '../../../core/exchange/exchange.ts';
import { COUNTS_AFTER_MS } from '../../../core/playback/play-count.ts';
import { catalogIdIn, ownIdIn, trackLocation } from './catalog-links.ts';
import { ExchangeError } from './exchange-error.ts';

const COLUMNS = {
  title: ['title', 'trackname', 'track', 'name', 'song', 'songname', 'songtitle', 'titel'],
  artists: [
    'artists',
    'artistnames',
    'artist',
    'artistname',
    'trackartist',
    'creator',
    'interpret',
    'kunstler',
  ],
  album: ['album', 'albumname', 'albumtitle'],
  durationMs: ['durationms', 'trackdurationms', 'lengthms'],
  durationS: ['duration', 'length', 'time', 'durations', 'seconds', 'dauer'],
  isrc: ['isrc'],
  addedAt: ['addedat', 'addeddate', 'dateadded', 'savedat'],
  playlist: ['playlist', 'playlistname'],
  /** Of Riffle's own table of plays. */
  playedAt: ['playedat'],
  heardMs: ['heardms'],
  trackId: ['trackid'],
  location: ['location', 'rifflelink', 'url', 'link'],
} as const;
type Column = keyof typeof COLUMNS;

/** `Artist Name(s)` → `artistnames`, `Künstler` → `kunstler`. */
const plain = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '');

const separatorOf = (text: string): string => {
  const [head = ''] = text.split(/\r\n|\n|\r/u, 1);
  const count = (sign: string): number => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
};

/** `3:42`, `1:03:42`, `222`, `222.5`: seconds; null for what is no time. */
const secondsOf = (text: string): number | null => {
  if (/^\d+(\.\d+)?$/u.test(text)) return Number(text);
  if (!/^\d+(:[0-5]?\d){1,2}$/u.test(text)) return null;
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
};

/**
 * A spreadsheet takes what begins so for a formula; an apostrophe before it keeps it a text (as OWASP advises), and is taken out
 * again when such a table is read.
 */
const FORMULA = /^[=+\-@\t\r]/u;
const GUARDED = /^'(?=[=+\-@\t\r'])/u;

const rowsOf = (text: string): string[][] => {
  try {
    return parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line: unknown = cause['lines'];
    throw new ExchangeError('malformed', cause.code, typeof line === 'number' ? line : null, { cause });
  }
};

export interface ReadTable {
  /** One a name, in the order of their first rows; rows without one are in the list without a name. */
  readonly playlists: readonly ExchangePlaylist[];
  /** Rows that say when they were played are no list of anything. */
  readonly plays: readonly ExchangePlay[];
  readonly leftOut: number;
}

/** Throws `malformed` with the line, `no_titles`. */
export const readCsv = (text: string): ReadTable => {
  const [head = [], ...rows] = rowsOf(text);
  const names = head.map(plain);
  const places = new Map<Column, number>();
  for (const column of Object.keys(COLUMNS) as Column[]) {
    const accepted: readonly string[] = COLUMNS[column];
    const place = accepted.map((name) => names.indexOf(name)).find((index) => index >= 0);
    if (place !== undefined) places.set(column, place);
  }
  if (!places.has('title') && !places.has('isrc'))
    throw new ExchangeError('no_titles', head.join(', ').slice(0, 200), 1);

  const lists = new Map<string, ExchangeTrack[]>();
  const plays: ExchangePlay[] = [];
  const isHistory = places.has('playedAt');
  let leftOut = 0;
  for (const row of rows) {
    const cell = (column: Column): string => {
      const place = places.get(column);
      return (place === undefined ? '' : (row[place] ?? '')).trim().replace(GUARDED, '');
    };
    const ms = Number(cell('durationMs') || Number.NaN);
    const seconds = secondsOf(cell('durationS'));
    const track = trackOf({
      title: cell('title'),
      artists: cell('artists')
        .split(';')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
      album: cell('album') || null,
      durationMs:
        ms > 0 ? Math.round(ms) : seconds === null || seconds <= 0 ? null : Math.round(seconds * 1000),
      isrc: isrcOf(cell('isrc')),
      catalogId: (isHistory ? ownIdIn(cell('trackId')) : null) ?? catalogIdIn(cell('location')),
      addedAt: timeOf(cell('addedAt')),
    });
    if (!isNamed(track)) {
      leftOut += 1;
      continue;
    }
    if (isHistory) {
      const playedAt = timeOf(cell('playedAt'));
      // A table that says nothing of it names what counted as a play there.
      const heardMs = places.has('heardMs') ? Number(cell('heardMs')) || 0 : COUNTS_AFTER_MS;
      if (playedAt === null) leftOut += 1;
      else plays.push({ track, playedAt, heardMs: Math.max(0, Math.round(heardMs)) });
      continue;
    }
    const list = lists.get(cell('playlist')) ?? [];
    lists.set(cell('playlist'), list);
    list.push(track);
  }
  return {
    playlists: Array.from(lists, ([name, tracks]) => ({ name, description: '', tracks })),
    plays,
    leftOut,
  };
};

const WRITTEN = ['Playlist', 'Title', 'Artists', 'Album', 'Duration (ms)', 'ISRC', 'Added at', 'Location'];

const quoted = (value: string | null): string => {
  const text = (value ?? '').trim();
  const guarded = FORMULA.test(text) || text.startsWith("'") ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

/** RFC 4180, with a byte order mark: without it spreadsheets on Windows read umlauts wrongly. The first row names the columns. */
export const writeTable = (rows: readonly (readonly (string | null)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;

export const writeCsv = (playlists: readonly ExchangePlaylist[]): string => {
  const rows = playlists.flatMap(({ name, tracks }) =>
    tracks.map(({ title, artists, album, durationMs, isrc, addedAt, catalogId }) => [
      name,
      title,
      artists.join('; '),
      album,
      durationMs === null ? null : String(Math.round(durationMs)),
      isrc,
      addedAt,
      catalogId === null ? null : trackLocation(catalogId),
    ]),
  );
  return writeTable([WRITTEN, ...rows]);
};
