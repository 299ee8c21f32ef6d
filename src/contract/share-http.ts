/** What a service says of its public pages, and where they lie (`core/share` makes their addresses). */
import { z } from 'zod';

export const sharingSchema = z.object({
  /** Public pages lie below this address, which others reach. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Whether they let anybody hear a piece of a track. */
  previews: z.boolean(),
});

export const sharePaths = {
  track: '/track/:id',
  album: '/album/:id',
  artist: '/artist/:id',
  /** By the code of an invitation; uses nothing up. */
  join: '/join/:code',
  /** By the id of the sharing. */
  playlist: '/playlist/:id',
  embedTrack: '/embed/track/:id',
  embedAlbum: '/embed/album/:id',
  embedArtist: '/embed/artist/:id',
  embedPlaylist: '/embed/playlist/:id',
  /** https://oembed.com, version 1.0. */
  oembed: '/oembed',
  /** A piece of a track, by the track's id. */
  preview: '/preview/:id',
  /** The script of the embedded player. */
  player: '/embed/player.js',
  robots: '/robots.txt',
} as const;

export type Sharing = Readonly<z.infer<typeof sharingSchema>>;
