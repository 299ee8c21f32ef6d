import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { describingAccess, SECURITY_SCHEMES } from './access/describe-access.ts';
import { installRateLimits, type RateLimits } from './access/rate-limits.ts';
import { installRouteAccess } from './access/route-access.ts';
import { CACHE, installCaching } from './caching.ts';
import { installProblems, sendProblem } from './problems.ts';
import { installArtworkRoutes } from './routes-artwork.ts';
import { installBrowseRoutes } from './routes-browse.ts';
import { installAdRoutes } from './routes-ads.ts';
import { installHealthRoutes } from './routes-health.ts';
import { installIdentityRoutes, installPictureRoute } from './routes-identity.ts';
import { installMatchRoute } from './routes-match.ts';
import { installLibraryRoutes } from './routes-library.ts';
import { installListenerRoutes } from './routes-listener.ts';
import { installMeRoutes } from './routes-me.ts';
import { installObjectRoutes } from './routes-objects.ts';
import { installPlaylistRoutes } from './routes-playlists.ts';
import { installReportRoutes } from './routes-reports.ts';
import { installPreviewRoute } from './routes-previews.ts';
import { installShareRoutes } from './routes-share.ts';
import { installShareLinkRoutes } from './routes-share-links.ts';
import { installTrackRoutes } from './routes-tracks.ts';
import { installUpdateRoutes } from './routes-updates.ts';
import type { RouteContext, Routes, Server } from './routes.ts';
import { trackUnasked } from './unasked-connections.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A path of this route holds a secret: it is never written down. */
    readonly isPathSecret?: boolean;
  }
}

/** Where log lines go, and from which level on. False for none. */
export type ServiceLogging =
  false | { readonly level: string; readonly stream?: { write(line: string): void } };

const ROUTES: readonly Routes[] = [
  installBrowseRoutes,
  installTrackRoutes,
  installMatchRoute,
  installMeRoutes,
  installLibraryRoutes,
  installPlaylistRoutes,
  installShareLinkRoutes,
  installListenerRoutes,
  installPictureRoute,
  installIdentityRoutes,
  installAdRoutes,
  installUpdateRoutes,
  installReportRoutes,
  installArtworkRoutes,
  installObjectRoutes,
  installHealthRoutes,
  installShareRoutes,
  installPreviewRoute,
];

/** The code of an invitation opens a playlist, wherever in an address it stands. */
const SECRETS_IN_PATHS = /invitations(?:\/|%2f).*/i;

/** Without the query: it holds signatures, and what listeners search for. Of a path with a secret in it, the route's own. */
const pathOf = ({ raw, routeOptions, is404 }: FastifyRequest): string => {
  if (!is404 && routeOptions.config.isPathSecret === true) return routeOptions.url ?? '';
  const path = (raw.url ?? '').split('?')[0] ?? '';
  return path.replace(SECRETS_IN_PATHS, 'invitations/…');
};

const loggerOptions = (logging: ServiceLogging): FastifyServerOptions['logger'] =>
  logging === false
    ? false
    : {
        level: logging.level,
        ...(logging.stream === undefined ? {} : { stream: logging.stream }),
      };

export interface ServerOptions {
  readonly logging: ServiceLogging;
  /** Null for none. */
  readonly limits: RateLimits | null;
  /** How many proxies stand before it, whose X-Forwarded-For is believed. */
  readonly proxies: number;
  /** Changes whenever what the service says of itself does. */
  readonly settingsTag: () => string;
}

/** The HTTP side of the service: every path of the contract, and the document that describes them. */
export const createServer = async (context: RouteContext, options: ServerOptions): Promise<Server> => {
  const server = Fastify({
    logger: loggerOptions(options.logging) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    // What the router refuses before any route is found.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, 'invalid_request', error.message),
    trustProxy: (_address, hop) => hop < options.proxies,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  const unasked = trackUnasked(server.server);
  server.addHook('preClose', async () => unasked.close());
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.addHook('onResponse', async (request, reply) => {
    const { method, ip, log } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    log.info({ method, path: pathOf(request), status: reply.statusCode, ms, ip }, 'answered');
  });
  installProblems(server);
  const { access, upgradeUrl, service, index } = context;
  const { isPersonal } = access;
  const limiter = await installRateLimits(server, options.limits, isPersonal);
  installRouteAccess(server, { access, upgradeUrl, limiter });
  installCaching(server, {
    currentTag: () => {
      const facts = index.facts();
      return facts === null ? null : `W/"${service.version}-${facts.revision}-${options.settingsTag()}"`;
    },
    isPersonal,
  });
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: `${context.service.name}: catalog service`,
        version: context.service.version,
        description: 'Browse, search and play the catalog.',
      },
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    transform: describingAccess(jsonSchemaTransform),
  });
  await server.register(async (scope) => {
    const typed = scope.withTypeProvider<ZodTypeProvider>();
    for (const install of ROUTES) install(typed, context);
  });
  server.get(
    catalogPaths.openapi,
    { config: { access: 'anyone' }, schema: { hide: true } },
    (_request, reply) => {
      void reply.header('cache-control', CACHE.lists);
      return server.swagger();
    },
  );
  await server.ready();
  return server;
};
