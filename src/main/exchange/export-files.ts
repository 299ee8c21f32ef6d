/** Playlists and liked tracks as files of the formats that other programs read. */
import { strToU8, zipSync } from 'fflate';
import type { ExportedFile, ExportFormat, ExportSource } from '../../contract/exchange.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { LibraryApi, ListPage, PlaylistsApi, ShelfEntry } from '../../contract/library.ts';
import type { Track } from '../../contract/catalog-http.ts';
import { trackOf, type ExchangePlaylist, type ExchangeTrack } from '../../core/exchange/exchange.ts';
import { writeCsv } from './formats/csv.ts';
import { writeJspf } from './formats/jspf.ts';
import { writeM3u } from './formats/m3u.ts';
import { writeXspf } from './formats/xspf.ts';

export interface ExportPorts {
  readonly library: Pick<LibraryApi, 'shelf' | 'tracks'>;
  readonly playlists: Pick<PlaylistsApi, 'get' | 'items'>;
}

const WRITERS: Readonly<Record<ExportFormat, (playlist: ExchangePlaylist) => string>> = {
  m3u8: writeM3u,
  xspf: writeXspf,
  jspf: writeJspf,
  csv: (playlist) => writeCsv([playlist]),
};
const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  xspf: 'application/xspf+xml',
  jspf: 'application/json',
  csv: 'text/csv',
};
/** Rows asked for at a time. */
export const PAGE = 500;
const MOST_FILE_NAME = 100;
/** Of files on Windows, where others take them too. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;

/** A name that every file system takes. */
export const fileNameOf = (name: string): string => {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, MOST_FILE_NAME)
    .replace(/[. ]+$/u, '')
    .replace(/^\.+/u, '');
  return plain === '' || RESERVED.test(plain) ? 'Playlist' : plain;
};

export const textFile = (name: string, contentType: string, text: string): ExportedFile => ({
  name,
  contentType,
  base64: Buffer.from(text, 'utf8').toString('base64'),
});

/** `track` null: the catalog does not say what it is; its link is kept all the same. */
const exchangeTrack = (id: string, addedAt: string, track: Track | null): ExchangeTrack =>
  trackOf({
    catalogId: id,
    addedAt,
    title: track?.title ?? '',
    artists: track?.artists.map(({ name }) => name) ?? [],
    album: track?.album.title ?? null,
    durationMs: track?.durationMs ?? null,
    isrc: track?.isrc ?? null,
  });

/** A list whole, a page after the other. */
export const allPages = async <Item>(
  ask: (offset: number) => Promise<ListPage<Item>>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (;;) {
    const page = await ask(items.length);
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
};

/** Every playlist on the shelf, in its order. */
export const idsOn = (entries: readonly ShelfEntry[]): readonly string[] =>
  entries.flatMap((entry) => (entry.kind === 'folder' ? idsOn(entry.entries) : [entry.playlist.id]));

/** `name.ending`, or `name (2).ending` where that is taken, also where the system takes capitals for small letters. Notes it as taken. */
export const freeName = (taken: Set<string>, name: string, endings: readonly string[]): string => {
  const base = fileNameOf(name);
  const isTaken = (each: string): boolean =>
    endings.some((ending) => taken.has(`${each}.${ending}`.toLowerCase()));
  let free = base;
  for (let copy = 2; isTaken(free); copy += 1) free = `${base} (${copy})`;
  for (const ending of endings) taken.add(`${free}.${ending}`.toLowerCase());
  return free;
};

export interface ListReader {
  playlist(id: string): Promise<ExchangePlaylist>;
  /** The newest first. */
  likedTracks(): Promise<ExchangePlaylist>;
}

/** Lists whole, as the formats write them. */
export const createListReader = ({ library, playlists }: ExportPorts): ListReader => ({
  async playlist(id) {
    const { name, description } = await playlists.get({ id });
    const items = await allPages((offset) =>
      playlists.items({ id, offset, limit: PAGE, sort: 'own', descending: false }),
    );
    return {
      name,
      description,
      tracks: items.map(({ trackId, addedAt, track }) => exchangeTrack(trackId, addedAt, track)),
    };
  },
  async likedTracks() {
    const items = await allPages((offset) =>
      library.tracks({ offset, limit: PAGE, sort: 'saved', descending: true }),
    );
    return {
      name: 'Liked tracks',
      description: '',
      tracks: items.map(({ id, savedAt, item }) => exchangeTrack(id, savedAt, item)),
    };
  },
});

export const createExporter = (ports: ExportPorts) => {
  const lists = createListReader(ports);

  const asArchive = (all: readonly ExchangePlaylist[], format: ExportFormat): ExportedFile => {
    const files: Record<string, Uint8Array> = {};
    const taken = new Set<string>();
    for (const list of all)
      files[`${freeName(taken, list.name, [format])}.${format}`] = strToU8(WRITERS[format](list));
    return {
      name: 'Riffle playlists.zip',
      contentType: 'application/zip',
      base64: Buffer.from(zipSync(files)).toString('base64'),
    };
  };

  return async (source: ExportSource, format: ExportFormat): Promise<ExportedFile> => {
    if (source.kind === 'all_playlists') {
      const all: ExchangePlaylist[] = [];
      for (const id of idsOn(await ports.library.shelf())) all.push(await lists.playlist(id));
      if (all.length === 0) throw new HostFailure('not_found', 'there are no playlists');
      return asArchive(all, format);
    }
    const list = source.kind === 'playlist' ? await lists.playlist(source.id) : await lists.likedTracks();
    return textFile(`${fileNameOf(list.name)}.${format}`, CONTENT_TYPES[format], WRITERS[format](list));
  };
};
