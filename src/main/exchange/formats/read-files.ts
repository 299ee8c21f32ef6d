import { unzipSync } from 'fflate';
import type { z } from 'zod';
import {
  EMPTY_BUNDLE,
  joinBundles,
  type ExchangeBundle,
  type ExchangePlaylist,
} from '../../../core/exchange/exchange.ts';
import type { ExchangeFormat } from '../../../contract/exchange.ts';
import { applePlaylistsSchema, appleTracksSchema, fromApple, fromItunes } from './apple.ts';
import { readCsv } from './csv.ts';
import { decodeText } from './decode-text.ts';
import { ExchangeError, MOST_FILE_BYTES } from './exchange-error.ts';
import { jspfSchema, playlistFromJspf } from './jspf.ts';
import { readM3u } from './m3u.ts';
import { plistValue } from './plist.ts';
import {
  fromSpotifyHistory,
  fromSpotifyLibrary,
  fromSpotifyLongHistory,
  fromSpotifyPlaylists,
  spotifyHistorySchema,
  spotifyLibrarySchema,
  spotifyLongHistorySchema,
  spotifyPlaylistsSchema,
} from './spotify.ts';
import { readXml } from './xml.ts';
import { playlistFromXspf } from './xspf.ts';

export interface ExchangeFile {
  /** As the listener has it; its ending helps, what is in it decides. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadFile {
  readonly name: string;
  /** What it was taken for. */
  readonly format: ExchangeFormat;
}

export interface ReadFiles {
  readonly bundle: ExchangeBundle;
  readonly read: readonly ReadFile[];
  /** Those that could not be read; the others were all the same. */
  readonly failed: readonly { readonly name: string; readonly error: ExchangeError }[];
}

interface Content {
  readonly format: ExchangeFormat;
  readonly bundle: ExchangeBundle;
}
type AppleParts = {
  tracks: z.infer<typeof appleTracksSchema>;
  playlists: z.infer<typeof applePlaylistsSchema>;
};

const ofOneList = (
  format: ExchangeFormat,
  fileName: string,
  {
    playlist,
    leftOut,
  }: {
    readonly playlist: ExchangePlaylist;
    readonly leftOut: number;
  },
): Content => ({
  format,
  bundle: {
    ...EMPTY_BUNDLE,
    playlists: [{ ...playlist, name: playlist.name || plainName(fileName) }],
    leftOut,
  },
});

/** `Lists/My summer.m3u8` → `My summer`. */
const plainName = (fileName: string): string =>
  (fileName.split(/[\\/]/u).at(-1) ?? '').replace(/\.[a-z0-9]{2,5}$/iu, '');

const fromJson = (text: string, fileName: string, apple: AppleParts): Content => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ExchangeError('malformed', 'no valid JSON', null, { cause });
  }
  // An empty list is a valid one of every kind.
  if (Array.isArray(value) && value.length === 0) throw new ExchangeError('empty', 'an empty list');
  const as = <Value>(schema: z.ZodType<Value>, take: (value: Value) => Content): Content | null => {
    const parsed = schema.safeParse(value);
    return parsed.success ? take(parsed.data) : null;
  };
  const spotify = (bundle: ExchangeBundle): Content => ({ format: 'spotify', bundle });
  const content =
    as(jspfSchema, (list) => ofOneList('jspf', fileName, playlistFromJspf(list))) ??
    as(spotifyPlaylistsSchema, (lists) => spotify(fromSpotifyPlaylists(lists))) ??
    as(spotifyLibrarySchema, (library) => spotify(fromSpotifyLibrary(library))) ??
    as(spotifyHistorySchema, (rows) => spotify(fromSpotifyHistory(rows))) ??
    as(spotifyLongHistorySchema, (rows) => spotify(fromSpotifyLongHistory(rows))) ??
    as(appleTracksSchema, (tracks) => {
      apple.tracks = [...apple.tracks, ...tracks];
      return { format: 'apple', bundle: EMPTY_BUNDLE };
    }) ??
    as(applePlaylistsSchema, (playlists) => {
      apple.playlists = [...apple.playlists, ...playlists];
      return { format: 'apple', bundle: EMPTY_BUNDLE };
    });
  if (content === null) throw new ExchangeError('unknown_format', 'JSON of another kind');
  return content;
};

const fromXml = (text: string, fileName: string): Content => {
  const root = readXml(text);
  if (root.name === 'playlist') return ofOneList('xspf', fileName, playlistFromXspf(root));
  const [inside] = root.children;
  const library = root.name === 'plist' && inside !== undefined ? fromItunes(plistValue(inside)) : null;
  if (library === null) throw new ExchangeError('unknown_format', 'XML of another kind');
  return { format: 'apple', bundle: library };
};

const readOne = ({ name, bytes }: ExchangeFile, apple: AppleParts): Content => {
  const text = decodeText(bytes);
  const start = text.trimStart().slice(0, 1);
  if (start === '') throw new ExchangeError('empty', 'an empty file');
  if (text.includes('\0')) throw new ExchangeError('unknown_format', 'no text');
  if (start === '{' || start === '[') return fromJson(text, name, apple);
  if (start === '<') return fromXml(text, name);
  if (/\.m3u8?$/iu.test(name) || text.trimStart().startsWith('#EXTM3U'))
    return ofOneList('m3u', name, readM3u(text));
  const { playlists, plays, leftOut } = readCsv(text);
  return {
    format: 'csv',
    bundle: {
      ...EMPTY_BUNDLE,
      playlists: playlists.map((list) => ({ ...list, name: list.name || plainName(name) })),
      plays,
      leftOut,
    },
  };
};

const isZip = ({ bytes }: ExchangeFile): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
/** Of what an export holds, what can be of use; the rest (payments, messages) is not even unpacked. */
const OF_USE = /(?:^|[\\/])(?!\.)[^\\/]*\.(?:m3u8?|xspf|jspf|json|csv|xml)$/iu;

const unpacked = (file: ExchangeFile): readonly ExchangeFile[] => {
  let total = 0;
  try {
    const entries = unzipSync(file.bytes, {
      filter({ name, originalSize }) {
        if (!OF_USE.test(name)) return false;
        total += originalSize;
        if (total > MOST_FILE_BYTES) throw new ExchangeError('too_large', file.name);
        return true;
      },
    });
    return Object.entries(entries).map(([name, bytes]) => ({ name, bytes }));
  } catch (cause) {
    if (cause instanceof ExchangeError) throw cause;
    throw new ExchangeError('malformed', 'no archive that can be unpacked', null, { cause });
  }
};

/**
 * Reads playlists and exports of other services, also as the archives they come in. A file that cannot be read hinders no other one.
 * In an archive, what is no music's business is passed over without a word.
 */
export const readFiles = (files: readonly ExchangeFile[]): ReadFiles => {
  const apple: AppleParts = { tracks: [], playlists: [] };
  const bundles: ExchangeBundle[] = [];
  const read: ReadFile[] = [];
  const failed: { name: string; error: ExchangeError }[] = [];
  const take = (file: ExchangeFile, mayBeOther: boolean): void => {
    try {
      if (isZip(file)) {
        const before = read.length;
        for (const inside of unpacked(file)) take(inside, true);
        if (read.length === before) throw new ExchangeError('unknown_format', 'an archive without lists');
        return;
      }
      const { format, bundle } = readOne(file, apple);
      bundles.push(bundle);
      read.push({ name: file.name, format });
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      const isOther =
        error.fault === 'unknown_format' || error.fault === 'no_titles' || error.fault === 'empty';
      if (!(mayBeOther && isOther)) failed.push({ name: file.name, error });
    }
  };
  for (const file of files) take(file, false);
  bundles.push(fromApple(apple.tracks, apple.playlists));
  return { bundle: joinBundles(bundles), read, failed };
};
