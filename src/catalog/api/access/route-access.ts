/** Every route says who may ask it. One that says nothing is not registered, so nobody can forget. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TIER_HEADER, type Me } from '../../../contract/account-http.ts';
import { ProblemError } from '../problems.ts';
import type { AccessControl, Listener } from './access-control.ts';
import { bearerTokenOf } from './bearer-token.ts';
import type { RateLimiter } from './rate-limits.ts';

/** `anyone` reads no token, `listener` wants a good one, `operator` one with that role. */
export type RouteAccess = 'anyone' | 'listener' | 'operator';
/** What of an entitlement a route needs. */
export type RouteNeed = 'offline';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
    /** Of a listener; `premium_required` for who does not have it. */
    readonly needs?: RouteNeed;
    /**
     * `none`: what costs nothing, or was paid for. `media`: addresses of audio. `reports`: what apps report without anybody signed
     * in, for routes that are for anyone. `previews`: pieces of tracks, likewise. `crashes`, `matches`: what a listener sends of one,
     * beside what an account may. `heavy`: what takes long or stays, beside that too.
     */
    readonly budget?: 'none' | 'media' | 'reports' | 'previews' | 'crashes' | 'matches' | 'heavy';
  }
  interface FastifyRequest {
    /** Null until the token was checked, and for routes that are for anyone. */
    asker: Me | null;
  }
}

/** Who asks; a defect where the route is for anyone. */
export const askerOf = (request: FastifyRequest): Me => {
  if (request.asker === null) throw new Error(`${request.routeOptions.url ?? '?'} does not ask who asks`);
  return request.asker;
};

export interface RouteAccessOptions {
  readonly access: AccessControl;
  readonly upgradeUrl: string | null;
  readonly limiter: RateLimiter;
}

/** Must be installed before every route, and before whatever answers in a hook. */
export const installRouteAccess = (
  server: FastifyInstance,
  { access, upgradeUrl, limiter }: RouteAccessOptions,
): void => {
  server.decorateRequest('asker', null);
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined)
      throw new Error(`${method.toString()} ${url} does not say who may ask (config.access)`);
  });
  /** Who tries tokens out is stopped by address; who had a good one already is not stopped with them. */
  const listenerOf = async (request: FastifyRequest): Promise<Listener> => {
    const token = bearerTokenOf(request.headers.authorization);
    if (token === null) await limiter.spendAddress(request);
    else if (!access.knows(token)) await limiter.checkRefused(request);
    try {
      return await access.listenerOf(token);
    } catch (error) {
      if (token !== null && error instanceof ProblemError && error.code === 'sign_in_required')
        await limiter.countRefused(request);
      throw error;
    }
  };
  server.addHook('onRequest', async (request, reply) => {
    const { access: needed, needs, budget } = request.routeOptions.config;
    if (request.is404 || needed === 'anyone') {
      if (budget !== 'none') await limiter.spendAddress(request);
      if (budget === 'reports') await limiter.spendReport(request);
      if (budget === 'previews') await limiter.spendPreview(request);
      return;
    }
    if (access.isPersonal) void reply.header('vary', 'authorization');
    const listener = await listenerOf(request);
    request.asker = { ...listener, upgradeUrl };
    void reply.header(TIER_HEADER, listener.tier);
    await limiter.spendAccount(request);
    if (budget === 'media') await limiter.spendMedia(request);
    if (budget === 'crashes') await limiter.spendCrash(request);
    if (budget === 'matches') await limiter.spendMatch(request);
    if (budget === 'heavy') await limiter.spendHeavy(request);
    if (needed === 'operator' && !listener.roles.includes('operator'))
      throw new ProblemError('forbidden', 'This is for operators.');
    if (needs === 'offline' && !listener.entitlement.offline)
      throw new ProblemError('premium_required', 'Keeping music offline is for premium listeners.');
  });
};
