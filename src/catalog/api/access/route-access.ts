/** Every route says who may ask it. One that says nothing is not registered, so nobody can forget. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TIER_HEADER, type Me } from '../../../contract/account-http.ts';
import { ProblemError } from '../problems.ts';
import type { AccessControl } from './access-control.ts';
import { bearerTokenOf } from './bearer-token.ts';

/** `anyone` reads no token, `listener` wants a good one, `operator` one with that role. */
export type RouteAccess = 'anyone' | 'listener' | 'operator';
/** What of an entitlement a route needs. */
export type RouteNeed = 'offline';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
    /** Of a listener; `premium_required` for who does not have it. */
    readonly needs?: RouteNeed;
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
}

/** Must be installed before every route, and before whatever answers in a hook. */
export const installRouteAccess = (
  server: FastifyInstance,
  { access, upgradeUrl }: RouteAccessOptions,
): void => {
  server.decorateRequest('asker', null);
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined)
      throw new Error(`${method.toString()} ${url} does not say who may ask (config.access)`);
  });
  server.addHook('onRequest', async (request, reply) => {
    const { access: needed, needs } = request.routeOptions.config;
    if (request.is404 || needed === 'anyone') return;
    const listener = await access.listenerOf(bearerTokenOf(request.headers.authorization));
    request.asker = { ...listener, upgradeUrl };
    void reply.header(TIER_HEADER, listener.tier);
    if (needed === 'operator' && !listener.roles.includes('operator'))
      throw new ProblemError('forbidden', 'This is for operators.');
    if (needs === 'offline' && !listener.entitlement.offline)
      throw new ProblemError('premium_required', 'Keeping music offline is for premium listeners.');
  });
};
