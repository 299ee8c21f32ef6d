/**
 * M3U and M3U8, as Winamp began them and others extended them: a location a line, comments with `#`, facts of the next location in
 * `#EXTINF:<seconds>,<shown>`, `#EXTART:`, `#EXTALB:`; of the list in `#PLAYLIST:`.
 */
import {
  isNamed,
  trackOf,
  type ExchangePlaylist,
  type ExchangeTrack,
} from '../../../core/exchange/exchange.ts';
import { catalogIdIn, trackLocation } from './catalog-links.ts';

/** `Artist - Title`, as most write it. */
const SHOWN = /^(.*?) +[-–—] +(.*)$/u;
const INFO = /^(-?\d+(?:\.\d+)?)?((?:\s+[\w-]+="[^"]*")*)\s*(?:,(.*))?$/u;

interface Pending {
  shown: string;
  seconds: number | null;
  artist: string | null;
  album: string | null;
}
const nothing = (): Pending => ({ shown: '', seconds: null, artist: null, album: null });

/** The file's own name without its ending, where nothing else is known of a track. `04 Title.flac` → `Title`. */
const titleFromPath = (location: string): string => {
  const name = location.split(/[\\/]/u).at(-1) ?? '';
  const plain = /%[0-9a-f]{2}/iu.test(name) && URL.canParse(location) ? decodeURIComponentOr(name) : name;
  return plain
    .replace(/\.[a-z0-9]{2,5}$/iu, '')
    .replace(/^\d{1,3}[ ._-]+(?=\D)/u, '')
    .trim();
};
const decodeURIComponentOr = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const trackFrom = ({ shown, seconds, artist, album }: Pending, location: string): ExchangeTrack => {
  const text = shown === '' ? titleFromPath(location) : shown;
  const isLed = artist !== null && text.startsWith(`${artist} - `);
  const parts = artist === null ? SHOWN.exec(text) : null;
  const title = isLed ? text.slice(artist.length + 3) : (parts?.[2] ?? text);
  const named = artist ?? parts?.[1] ?? '';
  return trackOf({
    title: title.trim(),
    artists: named === '' ? [] : [named.trim()],
    album,
    durationMs: seconds === null || seconds <= 0 ? null : Math.round(seconds * 1000),
    catalogId: catalogIdIn(location),
  });
};

/** `leftOut`: lines that name nothing. */
export const readM3u = (text: string): { readonly playlist: ExchangePlaylist; readonly leftOut: number } => {
  let name = '';
  let leftOut = 0;
  let pending = nothing();
  const tracks: ExchangeTrack[] = [];
  for (const raw of text.split(/\r\n|\n|\r/u)) {
    const line = raw.trim();
    if (line === '') continue;
    if (!line.startsWith('#')) {
      const track = trackFrom(pending, line);
      if (isNamed(track)) tracks.push(track);
      else leftOut += 1;
      pending = nothing();
      continue;
    }
    const [, key = '', value = ''] = /^#([A-Z0-9-]+):(.*)$/u.exec(line) ?? [];
    if (key === 'PLAYLIST') name = value.trim();
    else if (key === 'EXTART') pending.artist = value.trim();
    else if (key === 'EXTALB') pending.album = value.trim() || null;
    else if (key === 'EXTINF') {
      const [, seconds, , shown = ''] = INFO.exec(value) ?? [];
      pending.seconds = seconds === undefined ? null : Number(seconds);
      pending.shown = shown.trim();
    }
  }
  return { playlist: { name, description: '', tracks }, leftOut };
};

/** No line may end another, and none may begin as a comment does. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

export const writeM3u = ({ name, tracks }: ExchangePlaylist): string => {
  const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(name)}`];
  for (const { title, artists, album, durationMs, catalogId } of tracks) {
    const artist = oneLine(artists.join(', '));
    const seconds = durationMs === null ? -1 : Math.round(durationMs / 1000);
    lines.push(`#EXTINF:${seconds},${artist === '' ? '' : `${artist} - `}${oneLine(title)}`);
    lines.push(`#EXTART:${artist}`);
    if (album !== null) lines.push(`#EXTALB:${oneLine(album)}`);
    // A location must be there, or the next line would be taken for it.
    lines.push(catalogId === null ? `unknown:${encodeURIComponent(title)}` : trackLocation(catalogId));
  }
  return `${lines.join('\n')}\n`;
};
