import { z } from 'zod';
import { assertNever } from '../../core/playback/assert-never.ts';
import { readPlaylistShare, shareUrl, type ShareLink } from '../../core/share/share-link.ts';
import type { Me } from '../../contract/account-http.ts';
import {
  libraryPaths,
  sharedPlaylistSchema,
  shareRequestSchema,
  shareSchema,
  type ShareRequest,
} from '../../contract/library-http.ts';
import type { CatalogReader } from '../index/catalog-reader.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { notFound, ProblemError } from './problems.ts';
import { answers, answersOtherwise, type Routes } from './routes.ts';

const byShareId = z.object({ id: shareSchema.shape.shareId });
const ended = answersOtherwise('The link is dead at once; a new one is another');

const isInCatalog = (reader: CatalogReader, kind: 'track' | 'album' | 'artist', id: string): boolean => {
  switch (kind) {
    case 'track':
      return reader.track(id) !== null;
    case 'album':
      return reader.album(id) !== null;
    case 'artist':
      return reader.artist(id) !== null;
    default:
      return assertNever(kind);
  }
};

/** Links to public pages, as listeners make them and take them back. */
export const installShareLinkRoutes: Routes = (server, { index, library, sharing }) => {
  /** What a listener is to a playlist; who may not see it is not told that it is there. */
  const roleIn = async (
    userId: string,
    playlistId: string,
  ): Promise<'owner' | 'editor' | 'viewer' | 'visitor'> => {
    const role = await library.roleOf(userId, playlistId);
    if (role === null) throw notFound('There is no such playlist that you may see.');
    return role;
  };

  const playlistLink = async ({ id: userId, name }: Me, playlistId: string): Promise<ShareLink> => {
    const playlist = await library.playlist(userId, playlistId);
    if (playlist === null) throw notFound('There is no such playlist that you may see.');
    // Whoever may see it has its address already.
    if (playlist.visibility === 'public') {
      if (playlist.role === 'owner') await library.profiles.remember(userId, name);
      return { kind: 'playlist', id: playlistId };
    }
    if (playlist.role !== 'owner' && playlist.role !== 'editor')
      throw new ProblemError('forbidden', 'Only its owner and its editors share a private playlist.');
    return { kind: 'playlist', id: await library.shares.shareIdOf(playlistId) };
  };

  const linkFor = async (asker: Me, { kind, id, startMs }: ShareRequest): Promise<ShareLink> => {
    if (kind === 'playlist') return playlistLink(asker, id);
    if (!index.read((reader) => isInCatalog(reader, kind, id)))
      throw notFound('The catalog has no such thing to share.');
    return kind === 'track' ? { kind, id, atMs: startMs ?? 0 } : { kind, id };
  };

  server.post(
    libraryPaths.shares,
    {
      config: { access: 'listener', budget: 'heavy' },
      schema: {
        body: shareRequestSchema,
        ...answers('A link to the public page; the same again for what is shared already', shareSchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      if (sharing === null) throw notFound('This service has no public pages.');
      const link = await linkFor(askerOf(request), request.body);
      return { shareId: link.id, url: shareUrl(sharing.site().baseUrl, link) };
    },
  );

  server.get(
    libraryPaths.share,
    {
      config: { access: 'listener', isPathSecret: true },
      schema: {
        params: byShareId,
        ...answers('What somebody shared, for whoever has its link', sharedPlaylistSchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const { id: shareId } = request.params;
      // Where there are no public pages, no link leads to anything private; what is public is so for whoever is signed in.
      const isClosed = sharing === null && readPlaylistShare(shareId)?.secret !== null;
      const found = isClosed ? ({ is: 'unknown' } as const) : await library.shared.read(shareId);
      switch (found.is) {
        case 'open':
          return found.playlist;
        case 'gone':
          throw new ProblemError('gone', 'Whoever shared it has taken it back, or deleted it.');
        case 'unknown':
          throw notFound('Nothing is shared under that id.');
        default:
          return assertNever(found);
      }
    },
  );

  server.delete(
    libraryPaths.share,
    {
      config: { access: 'listener', isPathSecret: true },
      schema: {
        params: byShareId,
        summary: ended.summary,
        response: { 204: z.null().describe('Not shared any more'), ...ended.response },
      },
    },
    async (request, reply) => {
      const { id: shareId } = request.params;
      const share = readPlaylistShare(shareId);
      if (share === null) throw notFound('Nothing is shared under that id.');
      const role = await roleIn(askerOf(request).id, share.playlistId);
      if (role === 'visitor') throw notFound('There is no such playlist of yours.');
      if (role === 'viewer')
        throw new ProblemError('forbidden', 'Only its owner and its editors end the sharing of a playlist.');
      if (share.secret === null)
        throw new ProblemError('forbidden', 'What is public is shared as long as it is: make it private.');
      if (!(await library.shares.revoke(shareId))) throw notFound('Nothing is shared under that id.');
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );
};
