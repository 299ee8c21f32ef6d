import type { Ads } from './ads/ads.ts';
import type { ArtworkCache } from './artwork-cache/artwork-cache.ts';
import { adIdOf, artworkOf, seekPointsIdOf, trackIdOf } from './media-paths.ts';
import type { TrackCache } from './track-cache/cache-contract.ts';
import { serveSeekPoints, type SeekPointSources } from './track-cache/serve-seek-points.ts';
import { refuseTrack, serveTrack } from './track-cache/serve-track.ts';

/** What the window fetches by address: sound and pictures of the account. */
export interface AccountMedia {
  serveTrack(request: Request): Promise<Response>;
  serveArtwork(request: Request): Promise<Response>;
}

export const createAccountMedia = (options: {
  readonly ads: Pick<Ads, 'serve'>;
  readonly trackCache: TrackCache;
  readonly artworkCache: Pick<ArtworkCache, 'serve'>;
  /** Kept, and its date is over. */
  readonly isLocked: (trackId: string) => boolean;
  readonly seekPoints: SeekPointSources;
}): AccountMedia => {
  const { ads, trackCache, artworkCache, isLocked, seekPoints } = options;
  return {
    async serveTrack(request) {
      const url = new URL(request.url);
      const spotId = adIdOf(url);
      if (spotId !== null) return ads.serve(request, spotId);
      const soughtId = seekPointsIdOf(url);
      if (soughtId !== null) return serveSeekPoints(seekPoints, soughtId, request);
      const trackId = trackIdOf(url);
      if (trackId === null) return new Response(null, { status: 404 });
      if (isLocked(trackId)) return refuseTrack('lease_over');
      return serveTrack(trackCache, trackId, request);
    },
    async serveArtwork(request) {
      const artwork = artworkOf(new URL(request.url));
      return artwork === null ? new Response(null, { status: 404 }) : artworkCache.serve(request, artwork);
    },
  };
};
