/**
 * The one place that knows how the window addresses audio and pictures. Electron serves them by custom protocols, the
 * web shell by paths of the same origin; both end in the same handlers. No address holds a token.
 */
import type { ArtworkSize } from './catalog-http.ts';

export type ShellKind = 'electron' | 'web';

export const TRACK_SCHEME = 'track';
export const ARTWORK_SCHEME = 'artwork';

/**
 * Ids stand in the path behind a fixed host: URL parsers read a host such as `0x…` as an IPv4 address, and one in a hundred
 * million ids begins so.
 */
export const TRACK_HOST = 'audio';
export const AD_HOST = 'ad';
export const ARTWORK_HOST = 'image';

export const trackUrl = (shell: ShellKind, trackId: string): string =>
  shell === 'electron' ? `${TRACK_SCHEME}://${TRACK_HOST}/${trackId}` : `/tracks/${trackId}`;

/** Where a track's frames lie (`seekPointsSchema`), from the address of its audio. */
export const seekPointsUrl = (trackAddress: string): string => `${trackAddress}/seek-points`;

export const artworkUrl = (shell: ShellKind, artworkId: string, size: ArtworkSize): string =>
  shell === 'electron'
    ? `${ARTWORK_SCHEME}://${ARTWORK_HOST}/${artworkId}/${size}`
    : `/artwork/${artworkId}/${size}`;

/** The audio of an ad spot, by the same scheme. */
export const adUrl = (shell: ShellKind, spotId: string): string =>
  shell === 'electron' ? `${TRACK_SCHEME}://${AD_HOST}/${spotId}` : `/ads/${spotId}`;
