import { setImmediate } from 'node:timers/promises';
import { catalogPaths } from '../../contract/catalog-http.ts';
import {
  LARGEST_MATCH_BYTES,
  matchReplySchema,
  matchRequestSchema,
  MOST_MATCH_CANDIDATES,
  type MatchReply,
} from '../../contract/match-http.ts';
import { CACHE } from './caching.ts';
import { answers, type Routes } from './routes.ts';

/** What recordings from elsewhere may be in this catalog. */
export const installMatchRoute: Routes = (server, { index }) => {
  server.post(
    catalogPaths.match,
    {
      bodyLimit: LARGEST_MATCH_BYTES,
      config: { access: 'listener', budget: 'matches' },
      schema: {
        body: matchRequestSchema,
        ...answers('Tracks that recordings from elsewhere may be, for each of them', matchReplySchema),
      },
    },
    async ({ body }, reply) => {
      const candidates: MatchReply['candidates'][number][] = [];
      for (const item of body.items) {
        candidates.push(index.read((reader) => reader.candidates(item, MOST_MATCH_CANDIDATES)));
        // Whoever searches meanwhile waits for one of them, not for all.
        await setImmediate();
      }
      void reply.header('cache-control', CACHE.never);
      return { candidates };
    },
  );
};
