/** How a page is answered: never kept, never framed, without scripts, and sending its forms only where they belong. */
import type OidcProvider from 'oidc-provider';
import { PAGE_STYLE_HASH } from './pages/style.ts';

/** What the provider's own routes and those before them are given (Koa's). */
export type Context = Parameters<Parameters<OidcProvider['use']>[0]>[0];

/** Browsers hold redirects after a form to this too, and the last of them goes to the app on this computer. */
const FORM_TARGETS = "'self' http://127.0.0.1:*";

const policy = (formTargets: string): string =>
  [
    "default-src 'none'",
    `style-src ${PAGE_STYLE_HASH}`,
    "img-src 'self' data:",
    `form-action ${formTargets}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export interface PageAnswer {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** The app's own address, which the form leads back to in the end. */
  readonly redirectUri?: string | undefined;
}

// A source of CSP cannot name an address of IP version 6: all of `http:` is the narrowest that holds [::1].
const formTargetsFor = (redirectUri: string | undefined): string =>
  redirectUri !== undefined && URL.parse(redirectUri)?.hostname === '[::1]' ? "'self' http:" : FORM_TARGETS;

export const showPage = (
  ctx: Pick<Context, 'status' | 'set' | 'type' | 'body'>,
  page: string,
  answer: PageAnswer = {},
): void => {
  if (answer.status !== undefined) ctx.status = answer.status;
  if (answer.retryAfterSeconds !== undefined) ctx.set('retry-after', String(answer.retryAfterSeconds));
  ctx.set({
    'cache-control': 'no-store',
    'content-security-policy': policy(formTargetsFor(answer.redirectUri)),
    // `no-referrer` would take the Origin from forms as well.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
  });
  ctx.type = 'html';
  ctx.body = page;
};
