/** Public pages of one service: what operators choose, and what the routes work with. */
import type { Sharing } from '../../contract/share-http.ts';
import type { CatalogIndex } from '../index/catalog-index.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { createPictures, type Pictures } from './pictures.ts';
import { createPreviews, type Previews } from './previews.ts';
import type { ShareSite } from './share-site.ts';
import type { SharedPlaylist } from './share-view.ts';

/** The address itself is not used. */
const ORIGIN_ASKED_SECONDS = 60;

export interface SharingChoices {
  /** False: there are no public pages at all. */
  readonly pages?: boolean;
  /** How much of a track anybody may hear; none when left out. */
  readonly previewSeconds?: number;
  /** Where the app can be had. */
  readonly downloadUrl?: string;
}

/** What a sharing of a playlist leads to now. */
export type FoundPlaylist =
  | { readonly kind: 'found'; readonly playlist: SharedPlaylist }
  /** It was shared, and is not any more: taken back, or deleted. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

/** Playlists by the id of their sharing. */
export interface SharedPlaylists {
  find(shareId: string): Promise<FoundPlaylist>;
}

export interface ServiceSharing {
  site(): ShareSite;
  readonly pictures: Pictures;
  /** Null where the operator allows none. */
  readonly previews: Previews | null;
  readonly playlists: SharedPlaylists;
  /** Where pictures come from: the service, and what the store's own addresses lead to. */
  pictureOrigins(): Promise<readonly string[]>;
  /** What the app is told; null: others do not reach the service. */
  told(): Sharing | null;
}

export interface ServiceSharingOptions {
  readonly choices: SharingChoices;
  readonly serviceName: string;
  /** Without a slash at its end; known when the service listens. */
  readonly baseUrl: () => string;
  /** Whether others reach the service there. */
  readonly isPublic: boolean;
  readonly store: ObjectStore;
  readonly index: CatalogIndex;
  readonly playlists: SharedPlaylists;
}

/** Null where the operator wants no public pages. */
export const createServiceSharing = ({
  choices,
  serviceName,
  baseUrl,
  isPublic,
  store,
  index,
  playlists,
}: ServiceSharingOptions): ServiceSharing | null => {
  if (choices.pages === false) return null;
  const previewSeconds = choices.previewSeconds ?? null;
  let origins: readonly string[] | null = null;
  return {
    site: () => ({
      serviceName,
      baseUrl: baseUrl(),
      downloadUrl: choices.downloadUrl ?? null,
      previewSeconds,
    }),
    pictures: createPictures(store),
    previews: previewSeconds === null ? null : createPreviews(store, index, previewSeconds),
    playlists,
    pictureOrigins: async () => {
      if (origins === null) {
        const { url } = await store.signedUrl('artwork', ORIGIN_ASKED_SECONDS);
        origins = [...new Set([new URL(baseUrl()).origin, new URL(url).origin])];
      }
      return origins;
    },
    told: () => (isPublic ? { baseUrl: baseUrl(), previews: previewSeconds !== null } : null),
  };
};
