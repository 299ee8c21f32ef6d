/** The service's side of the library over HTTP. Everything rejects with a `HostFailure`. */
import { z } from 'zod';
import { catalogPaths, albumSchema, artistSchema, trackPageSchema } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import {
  changesReplySchema,
  documentEventSchema,
  documentListSchema,
  imageReplySchema,
  invitationSchema,
  libraryPaths,
  playlistSchema,
  sharedPlaylistSchema,
  type ChangesReply,
  type DocumentEvent,
  type DocumentList,
  type Playlist,
  type SharedPlaylist,
} from '../../contract/library-http.ts';
import type { Album, Artist, Track } from '../../contract/catalog-http.ts';
import type { DocumentName } from '../../core/library/documents.ts';
import type { MemberRole } from '../../core/library/operations.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import { streamEvents } from './event-stream.ts';

/** What the service tells as it happens. */
export type LibraryNews = ({ readonly kind: 'document' } & DocumentEvent) | { readonly kind: 'plays' };

export interface LibraryClient {
  documents(): Promise<DocumentList>;
  /** Checked by the document, which knows its kind. */
  document(name: DocumentName, after: number): Promise<unknown>;
  change(request: unknown): Promise<ChangesReply>;
  /** What has changed, as it changes, until the service ends it. */
  events(signal: AbortSignal): AsyncIterable<LibraryNews>;
  playlist(id: string): Promise<Playlist>;
  /** What somebody shared, a public playlist by its own id. Rejects with `not_found`, `gone` (it was shared) too. */
  shared(shareId: string): Promise<SharedPlaylist>;
  uploadPicture(image: Uint8Array<ArrayBuffer>, contentType: string): Promise<string>;
  invite(id: string, role: MemberRole): Promise<{ readonly code: string; readonly expiresAt: string }>;
  revokeInvitations(id: string): Promise<void>;
  join(code: string): Promise<Playlist>;
  /** Those of them that the catalog has; at most 200. */
  tracks(ids: readonly string[]): Promise<readonly Track[]>;
  album(id: string): Promise<Album>;
  artist(id: string): Promise<Artist>;
}

const withId = (path: string, name: string, value: string): string =>
  path.replace(`:${name}`, encodeURIComponent(value));

export const createLibraryClient = (requests: ServiceRequests): LibraryClient => {
  const { get, post } = requests;
  return {
    documents: () => get(libraryPaths.documents, documentListSchema),
    document: (name, after) =>
      get(`${withId(libraryPaths.document, 'document', name)}?after=${after}`, z.unknown()),
    change: (request) => post(libraryPaths.changes, request, changesReplySchema),
    async *events(signal) {
      const stream = await requests.open(libraryPaths.events, signal);
      for await (const { name, data } of streamEvents(stream)) {
        if (name === 'plays') yield { kind: 'plays' };
        if (name !== 'document') continue;
        const event = z.preprocess(parsedJson, documentEventSchema).safeParse(data);
        if (!event.success)
          throw new HostFailure('service_unreachable', 'an event of the library is not what was agreed');
        yield { kind: 'document', ...event.data };
      }
    },
    playlist: (id) => get(withId(libraryPaths.playlist, 'id', id), playlistSchema),
    shared: (shareId) => get(withId(libraryPaths.share, 'id', shareId), sharedPlaylistSchema),
    async uploadPicture(image, contentType) {
      return (await requests.upload(libraryPaths.images, image, contentType, imageReplySchema)).imageId;
    },
    invite: (id, role) => post(withId(libraryPaths.invitations, 'id', id), { role }, invitationSchema),
    revokeInvitations: (id) => requests.remove(withId(libraryPaths.invitations, 'id', id)),
    join: (code) => post(withId(libraryPaths.invitation, 'code', code), {}, playlistSchema),
    tracks: async (ids) => (await get(`${catalogPaths.tracks}?ids=${ids.join(',')}`, trackPageSchema)).items,
    album: (id) => get(withId(catalogPaths.album, 'id', id), albumSchema),
    artist: (id) => get(withId(catalogPaths.artist, 'id', id), artistSchema),
  };
};

const parsedJson = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text));
  } catch {
    // Refused by the schema.
    return null;
  }
};
