import { z } from 'zod';
import {
  invitationRequestSchema,
  invitationSchema,
  libraryPaths,
  playlistSchema,
} from '../../contract/library-http.ts';
import { playlistIdSchema } from '../../contract/library-operations-http.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { found, notFound, ProblemError } from './problems.ts';
import { answers, answersOtherwise, type Routes } from './routes.ts';

const byId = z.object({ id: playlistIdSchema });
const revoked = answersOtherwise('None of the invitations to a playlist works any more');

/** Playlists as they are shown to others, and how others come to them. */
export const installPlaylistRoutes: Routes = (server, { library }) => {
  /** An owner's alone; who may not see it is not told that it is there. */
  const mustOwn = async (userId: string, playlistId: string): Promise<void> => {
    const role = await library.roleOf(userId, playlistId);
    if (role === null || role === 'visitor') throw notFound('There is no such playlist of yours.');
    if (role !== 'owner') throw new ProblemError('forbidden', 'Only its owner invites to a playlist.');
  };

  server.get(
    libraryPaths.playlist,
    {
      config: { access: 'listener' },
      schema: { params: byId, ...answers('A playlist of theirs, or a public one', playlistSchema) },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const playlist = await library.playlist(askerOf(request).id, request.params.id);
      return found(playlist, 'There is no such playlist that you may see.');
    },
  );

  server.post(
    libraryPaths.invitations,
    {
      config: { access: 'listener', budget: 'heavy' },
      schema: {
        params: byId,
        body: invitationRequestSchema,
        ...answers('An invitation: whoever has its code first becomes a member', invitationSchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const { id, name } = askerOf(request);
      await mustOwn(id, request.params.id);
      await library.profiles.remember(id, name);
      const invitation = await library.invitations.create(request.params.id, request.body.role);
      if (invitation !== null) return invitation;
      throw new ProblemError('too_many_requests', 'There are too many invitations that are open.');
    },
  );

  server.delete(
    libraryPaths.invitations,
    {
      config: { access: 'listener' },
      schema: {
        params: byId,
        summary: revoked.summary,
        response: { 204: z.null().describe('Revoked'), ...revoked.response },
      },
    },
    async (request, reply) => {
      await mustOwn(askerOf(request).id, request.params.id);
      await library.invitations.revoke(request.params.id);
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );

  server.post(
    libraryPaths.invitation,
    {
      config: { access: 'listener', budget: 'heavy', isPathSecret: true },
      schema: {
        params: z.object({ code: invitationSchema.shape.code }),
        ...answers('Makes the asker a member', playlistSchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const { id, name } = askerOf(request);
      const joined = await library.invitations.join(id, request.params.code);
      if (joined.is === 'full')
        throw new ProblemError('forbidden', 'The playlist has all the members it may.');
      if (joined.is === 'void') throw notFound('The invitation is unknown, used or expired.');
      await library.profiles.remember(id, name);
      return found(await library.playlist(id, joined.playlistId), 'The playlist is gone.');
    },
  );
};
