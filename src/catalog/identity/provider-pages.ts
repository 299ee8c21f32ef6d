/** The pages that the provider asks for in its own routes: devices, signing out, errors. */
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { showPage } from './page-answer.ts';
import {
  deviceCodePage,
  deviceConfirmPage,
  deviceDonePage,
  errorPage,
  signedOutPage,
  signOutPage,
  type CodeProblem,
  type PageFrame,
} from './pages/pages.ts';
import { languageFor } from './pages/texts.ts';

export interface ProviderPages {
  readonly error: (ctx: KoaContextWithOIDC, out: { readonly error: string }) => void;
  readonly signOut: (ctx: KoaContextWithOIDC) => void;
  readonly signedOut: (ctx: KoaContextWithOIDC) => void;
  readonly deviceCode: (
    ctx: KoaContextWithOIDC,
    form: string,
    out?: { readonly error: string },
    error?: errors.OIDCProviderError | Error,
  ) => void;
  readonly deviceConfirm: (
    ctx: KoaContextWithOIDC,
    form: string,
    client: unknown,
    device: unknown,
    userCode: string,
  ) => void;
  readonly deviceDone: (ctx: KoaContextWithOIDC) => void;
}

/** The code of an address that was opened with one; it is shown, and sent only by a person. */
export const OFFERED_CODE = 'offeredUserCode';
/** True after somebody wrote a code that there is not. */
export const WRONG_CODE = 'wrongUserCode';

/** Names of the provider's reasons to ask for a code again (lib/helpers/re_render_errors.js). */
const CODE_PROBLEMS = new Map<string, CodeProblem>([
  ['NotFoundError', 'not_found'],
  ['ExpiredError', 'expired'],
  ['AlreadyUsedError', 'used'],
  ['NoCodeError', 'missing'],
  ['AbortedError', 'aborted'],
]);

const secretSchema = z.object({ secret: z.string() });
const textSchema = z.string().max(64).catch('');

export const frameFor = (
  installation: { readonly name: string; readonly picture: string | null },
  uiLocales: unknown,
  acceptLanguage: string | undefined,
): PageFrame => ({
  serviceName: installation.name,
  picture: installation.picture,
  language: languageFor(uiLocales, acceptLanguage),
});

export const createProviderPages = (installation: {
  readonly name: string;
  readonly picture: string | null;
}): ProviderPages => {
  const frameOf = (ctx: KoaContextWithOIDC): PageFrame =>
    frameFor(installation, ctx.oidc.params?.['ui_locales'], ctx.get('accept-language'));
  /** Made by the provider for this session and checked by it, when the form comes back. */
  const xsrfOf = (ctx: KoaContextWithOIDC): string => secretSchema.parse(ctx.oidc.session?.state).secret;

  return {
    error: (ctx, out) => {
      const kind =
        out.error === 'server_error' ? 'service' : out.error === 'session_not_found' ? 'expired' : 'request';
      const isExpired = ctx.oidc.route.endsWith('resume') && kind === 'request';
      showPage(ctx, errorPage(frameOf(ctx), isExpired ? 'expired' : kind, out.error));
    },
    signOut: (ctx) => {
      const action = ctx.oidc.urlFor('end_session_confirm');
      showPage(ctx, signOutPage(frameOf(ctx), { action, xsrf: xsrfOf(ctx) }));
    },
    signedOut: (ctx) => showPage(ctx, signedOutPage(frameOf(ctx))),
    deviceCode: (ctx, _form, out, error) => {
      const problem = CODE_PROBLEMS.get(error?.name ?? '') ?? (out === undefined ? null : 'service');
      ctx.state[WRONG_CODE] = problem === 'not_found';
      const typed = error !== undefined && 'userCode' in error ? error.userCode : ctx.state[OFFERED_CODE];
      const view = {
        action: ctx.oidc.urlFor('code_verification'),
        xsrf: xsrfOf(ctx),
        code: textSchema.parse(typed),
        problem,
      };
      showPage(ctx, deviceCodePage(frameOf(ctx), view));
    },
    deviceConfirm: (ctx, _form, _client, _device, userCode) => {
      const action = ctx.oidc.urlFor('code_verification');
      showPage(ctx, deviceConfirmPage(frameOf(ctx), { action, xsrf: xsrfOf(ctx), code: userCode }));
    },
    deviceDone: (ctx) => showPage(ctx, deviceDonePage(frameOf(ctx))),
  };
};
