/**
 * The one place that knows how the window addresses audio and pictures. Electron serves them by custom protocols, the
 * web shell by paths of the same origin; both end in the same handlers. No address holds a token.
 */
import type { ArtworkSize } from './catalog-http.ts';

export type ShellKind = 'electron' | 'web';

export const TRACK_SCHEME = 'track';
export const ARTWORK_SCHEME = 'artwork';

export const trackUrl = (shell: ShellKind, trackId: string): string =>
  shell === 'electron' ? `${TRACK_SCHEME}://${trackId}/` : `/tracks/${trackId}`;

export const artworkUrl = (shell: ShellKind, artworkId: string, size: ArtworkSize): string =>
  shell === 'electron' ? `${ARTWORK_SCHEME}://${artworkId}/${size}` : `/artwork/${artworkId}/${size}`;
