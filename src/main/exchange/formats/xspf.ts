/** XSPF version 1 (xspf.org/spec). */
import {
  isNamed,
  isrcOf,
  trackOf,
  type ExchangePlaylist,
  type ExchangeTrack,
} from '../../../core/exchange/exchange.ts';
import { catalogIdIn, trackLocation } from './catalog-links.ts';
import { ExchangeError } from './exchange-error.ts';
import { childOf, childrenOf, escapeXml, readXml, textIn, type XmlElement } from './xml.ts';

const trackFrom = (element: XmlElement): ExchangeTrack => {
  const creator = textIn(element, 'creator');
  const duration = Number(textIn(element, 'duration') || Number.NaN);
  const texts = (name: string): string[] => childrenOf(element, name).map(({ text }) => text.trim());
  return trackOf({
    title: textIn(element, 'title'),
    artists: creator === '' ? [] : [creator],
    album: textIn(element, 'album') || null,
    durationMs: Number.isFinite(duration) && duration > 0 ? Math.round(duration) : null,
    isrc:
      texts('identifier')
        .map(isrcOf)
        .find((code) => code !== null) ?? null,
    catalogId:
      texts('location')
        .map(catalogIdIn)
        .find((id) => id !== null) ?? null,
  });
};

/** `root` is the document's element. */
export const playlistFromXspf = (
  root: XmlElement,
): { readonly playlist: ExchangePlaylist; readonly leftOut: number } => {
  const list = childOf(root, 'trackList');
  if (root.name !== 'playlist' || list === undefined)
    throw new ExchangeError('malformed', 'no list of tracks', null);
  const all = childrenOf(list, 'track').map(trackFrom);
  const tracks = all.filter(isNamed);
  return {
    playlist: { name: textIn(root, 'title'), description: textIn(root, 'annotation'), tracks },
    leftOut: all.length - tracks.length,
  };
};

export const readXspf = (text: string): ReturnType<typeof playlistFromXspf> =>
  playlistFromXspf(readXml(text));

const line = (indent: number, name: string, text: string | null): string =>
  text === null || text === '' ? '' : `${' '.repeat(indent)}<${name}>${escapeXml(text)}</${name}>\n`;

/** The artists of a track stand in one `creator`, as the format has but one. */
export const writeXspf = ({ name, description, tracks }: ExchangePlaylist): string => {
  const rows = tracks.map(
    (track) =>
      '    <track>\n' +
      line(6, 'location', track.catalogId === null ? null : trackLocation(track.catalogId)) +
      line(6, 'identifier', track.isrc === null ? null : `urn:isrc:${track.isrc}`) +
      line(6, 'title', track.title) +
      line(6, 'creator', track.artists.join(', ')) +
      line(6, 'album', track.album) +
      line(6, 'duration', track.durationMs === null ? null : String(Math.round(track.durationMs))) +
      '    </track>\n',
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<playlist version="1" xmlns="http://xspf.org/ns/0/">\n' +
    line(2, 'title', name) +
    line(2, 'annotation', description) +
    `  <trackList>\n${rows.join('')}  </trackList>\n</playlist>\n`
  );
};
