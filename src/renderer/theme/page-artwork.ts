import { useLayoutEffect } from 'react';
import { createStore } from 'zustand/vanilla';
import type { Artwork } from '../../contract/catalog-http.ts';
import type { PageClaim } from './artwork-source.ts';

interface ArtworkState {
  readonly page: PageClaim;
  readonly playing: Artwork | null;
}

/** Which artworks could give the window its colours; `theme/start-theme.ts` chooses. */
export const artworkStore = createStore<ArtworkState>(() => ({ page: { kind: 'none' }, playing: null }));

const claimOf = (artwork: Artwork | null | undefined): PageClaim => {
  if (artwork === undefined) return { kind: 'waiting' };
  return artwork === null ? { kind: 'none' } : { kind: 'artwork', artwork };
};

/** `undefined` while it is still loading: the colours then stay as they are. */
export function setPageArtwork(artwork: Artwork | null | undefined): void {
  artworkStore.setState({ page: claimOf(artwork) });
}

/** Called by whoever knows what plays, whenever that changes. */
export function setPlayingArtwork(artwork: Artwork | null): void {
  if (artworkStore.getState().playing?.id !== artwork?.id) artworkStore.setState({ playing: artwork });
}

/** Gives this page's artwork to the window's colours for as long as the page is shown (see {@link setPageArtwork}). */
export function usePageArtwork(artwork: Artwork | null | undefined): void {
  useLayoutEffect(() => {
    setPageArtwork(artwork);
    return () => setPageArtwork(null);
    // By id: the same artwork read again from the host is not a new one.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [artwork === undefined, artwork?.id]);
}
