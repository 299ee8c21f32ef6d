/** How long an answer may be kept, and when it is still the same. */
import type { FastifyInstance } from 'fastify';

/** Seconds. What a listener waits for to appear is short; a stale answer may stand in while a new one is fetched. */
export const CACHE = {
  lists: 'public, max-age=10, stale-while-revalidate=60',
  things: 'public, max-age=60, stale-while-revalidate=600',
  details: 'public, max-age=300, stale-while-revalidate=3600',
  never: 'no-store',
} as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers change only with the catalog: they get an entity tag and a life. */
    readonly cache?: (typeof CACHE)[keyof typeof CACHE];
  }
}

/** Whether a tag is named in If-None-Match, by weak comparison (RFC 9110 §13.1.2). */
export const isNamed = (etag: string, ifNoneMatch: string | undefined): boolean => {
  if (ifNoneMatch === undefined) return false;
  const plain = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => plain(tag) === plain(etag));
};

export interface CachingOptions {
  readonly currentTag: () => string | null;
  /** Whether askers differ: then what they are told is kept for them alone. */
  readonly isPersonal: boolean;
}

const privately = (cache: string): string => cache.replace('public', 'private');

/**
 * An answer is a function of the catalog's revision, the program and the address, so revision and version are its tag: a
 * client that names it is answered without looking anything up.
 */
export const installCaching = (server: FastifyInstance, { currentTag, isPersonal }: CachingOptions): void => {
  server.addHook('onRequest', async (request, reply) => {
    const { cache } = request.routeOptions.config;
    if (cache === undefined || cache === CACHE.never) return;
    const tag = currentTag();
    if (tag === null) return;
    void reply
      .header('etag', tag)
      .header('cache-control', request.asker !== null && isPersonal ? privately(cache) : cache);
    const asked = request.headers['if-none-match'];
    if (asked !== undefined && asked.trim() !== '*' && isNamed(tag, asked)) return reply.code(304).send();
  });
};
