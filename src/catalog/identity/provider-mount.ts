/** Puts the provider below `/identity`: public addresses, pages of our own, and what is refused before it gets there. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Guesses } from './guesses.ts';
import type { IdentityLog } from './identity-log.ts';
import { createInteractionRoutes, refuseForeignForm } from './interaction-routes.ts';
import type { Listeners } from './listeners.ts';
import { showPage, type Context } from './page-answer.ts';
import { errorPage, type PageFrame } from './pages/pages.ts';
import { frameFor, OFFERED_CODE, WRONG_CODE } from './provider-pages.ts';
import type { SignIn } from './sign-in.ts';

export type MountedProvider = (request: IncomingMessage, response: ServerResponse) => void;

export interface MountOptions {
  readonly provider: Provider;
  readonly issuer: string;
  readonly installation: { readonly name: string; readonly picture: string | null };
  readonly listeners: Listeners;
  readonly signIn: SignIn;
  readonly guesses: Guesses;
  readonly demo: boolean;
  readonly log: IdentityLog;
  readonly addressOf: (request: IncomingMessage) => string;
}

const MOUNT = '/identity';
const AUTHORIZATION = '/auth';
const DEVICE = '/device';
const SIGN_OUT = '/session/end';
const BAD_REQUEST = 400;
const TOO_MANY = 429;
const UNAVAILABLE = 503;
const SEE_OTHER = 303;
const RETRY_SECONDS = 5;

const NAMED = /^(\/(?:interaction|auth|device))\/[\w-]{20,}$/;
const INTERACTION = /^\/interaction\/([\w-]{1,64})$/;
/** Where people send forms. The app's own requests carry no Origin, and no cookie that would be worth one. */
const isFormPath = (path: string): boolean =>
  path.startsWith('/interaction/') || path === DEVICE || path.startsWith(SIGN_OUT);

export const mountProvider = (options: MountOptions): MountedProvider => {
  const { provider, issuer, installation, log, addressOf } = options;
  const publicUrl = new URL(issuer);
  const frameOf = (ctx: Context): PageFrame => frameFor(installation, undefined, ctx.get('accept-language'));
  const interaction = createInteractionRoutes({
    ...options,
    frameFor: (uiLocales, acceptLanguage) => frameFor(installation, uiLocales, acceptLanguage),
    addressOf: (ctx) => addressOf(ctx.req),
  });

  /** What is typed here could be anybody's code. Taken for a guess, until it was none. */
  const countedCode = async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const counted = await options.guesses.countAt(addressOf(ctx.req));
    if (counted.state === 'wait') {
      const { seconds } = counted;
      return showPage(ctx, errorPage(frameOf(ctx), { kind: 'wait', seconds }, null), {
        status: TOO_MANY,
        retryAfterSeconds: seconds,
      });
    }
    await next();
    if (ctx.state[WRONG_CODE] !== true) await counted.guess.wasRight();
  };

  const route = async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const { method } = ctx;
    // As the provider's router reads it: without regard to case, with or without a slash at the end.
    const path = ctx.path.toLowerCase().replace(/(.)\/$/, '$1');
    if (method === 'POST' && isFormPath(path) && ctx.get('origin') !== publicUrl.origin)
      return refuseForeignForm(ctx, frameOf(ctx));
    const [, uid] = INTERACTION.exec(ctx.path) ?? [];
    if (uid !== undefined && (method === 'GET' || method === 'POST')) return interaction(ctx, uid);
    // Of the other ways to answer two need a script and one shows codes to whatever runs in a page.
    const mode = ctx.query['response_mode'];
    if (path === AUTHORIZATION && mode !== undefined && mode !== 'query')
      return showPage(ctx, errorPage(frameOf(ctx), 'request', 'unsupported_response_mode'), {
        status: BAD_REQUEST,
      });
    // The provider would send a code that came with the address by a script; here a person does, who sees it first.
    if (path === DEVICE && method === 'GET') {
      ctx.state[OFFERED_CODE] = ctx.query['user_code'];
      ctx.querystring = '';
    }
    if (path === DEVICE && method === 'POST') return countedCode(ctx, next);
    // Of a browser that is not signed in there is nothing to ask.
    if (path === SIGN_OUT && method === 'GET') {
      const session = await provider.Session.get(provider.createContext(ctx.req, ctx.res));
      if (session.accountId === undefined) {
        ctx.status = SEE_OTHER;
        return ctx.redirect(`${issuer}${SIGN_OUT}/success`);
      }
    }
    return next();
  };

  provider.use(async (ctx, next) => {
    try {
      await route(ctx, next);
    } catch (error) {
      log.error({ err: error }, 'a sign-in failed');
      showPage(ctx, errorPage(frameOf(ctx), 'service', null), {
        status: UNAVAILABLE,
        retryAfterSeconds: RETRY_SECONDS,
      });
    }
  });
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'sign-in: a request failed'));
  provider.on('grant.error', (_ctx, error) =>
    log.info({ error: error.error, why: error.error_detail ?? null }, 'sign-in: no tokens were given'),
  );
  provider.on('grant.revoked', () => log.info({}, 'sign-in: a grant ended'));
  // Koa would print it; whatever gets there has been told of, or is a connection that went away.
  provider.silent = true;
  const answer = provider.callback();

  return (request, response) => {
    const path = request.url ?? '/';
    const below = path.startsWith(`${MOUNT}/`) ? path.slice(MOUNT.length) : '/';
    // What strangers say of the address is not believed: all addresses are made from the public one.
    request.headers.host = publicUrl.host;
    request.headers['x-forwarded-host'] = publicUrl.host;
    request.headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
    request.url = below;
    // What is logged of it afterwards is where it came, without the name of the sign-in.
    response.prependOnceListener('finish', () => {
      request.url = `${MOUNT}${below.replace(/\?.*$/s, '').replace(NAMED, '$1/-')}`;
    });
    void answer(Object.assign(request, { originalUrl: `${publicUrl.pathname}${below}` }), response);
  };
};
