/** JSPF (xspf.org/jspf): XSPF as JSON. Some write single texts where the format has lists. */
import { z } from 'zod';
import { isNamed, isrcOf, trackOf, type ExchangePlaylist } from '../../../core/exchange/exchange.ts';
import { catalogIdIn, trackLocation } from './catalog-links.ts';
import { looseText } from './loose.ts';

const texts = z
  .union([z.array(z.unknown()), z.string()])
  .transform((value) =>
    typeof value === 'string' ? [value] : value.filter((item) => typeof item === 'string'),
  )
  .catch([]);
const trackSchema = z.object({
  title: looseText,
  creator: looseText,
  album: looseText,
  duration: z.number().positive().nullable().catch(null),
  identifier: texts,
  location: texts,
});
export const jspfSchema = z.object({
  playlist: z.object({
    title: looseText,
    annotation: looseText,
    track: z.array(trackSchema),
  }),
});

export const playlistFromJspf = ({
  playlist,
}: z.infer<typeof jspfSchema>): { readonly playlist: ExchangePlaylist; readonly leftOut: number } => {
  const tracks = playlist.track
    .map(({ title, creator, album, duration, identifier, location }) =>
      trackOf({
        title,
        artists: creator === '' ? [] : [creator],
        album: album || null,
        durationMs: duration === null ? null : Math.round(duration),
        isrc: identifier.map(isrcOf).find((code) => code !== null) ?? null,
        catalogId: location.map(catalogIdIn).find((id) => id !== null) ?? null,
      }),
    )
    .filter(isNamed);
  return {
    playlist: { name: playlist.title, description: playlist.annotation, tracks },
    leftOut: playlist.track.length - tracks.length,
  };
};

export const writeJspf = ({ name, description, tracks }: ExchangePlaylist): string => {
  const track = tracks.map(({ title, artists, album, durationMs, isrc, catalogId }) => ({
    ...(catalogId === null ? {} : { location: [trackLocation(catalogId)] }),
    ...(isrc === null ? {} : { identifier: [`urn:isrc:${isrc}`] }),
    title,
    ...(artists.length === 0 ? {} : { creator: artists.join(', ') }),
    ...(album === null ? {} : { album }),
    ...(durationMs === null ? {} : { duration: Math.round(durationMs) }),
  }));
  return `${JSON.stringify({ playlist: { title: name, annotation: description, track } }, null, 2)}\n`;
};
