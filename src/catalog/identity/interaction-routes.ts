/**
 * The sign-in page and what is answered on it. oidc-provider sends the browser here with a cookie that names the sign-in, and
 * takes it back with the result. Forms are taken only from this very page: cookies are same-site, and Origin is checked.
 */
import type Provider from 'oidc-provider';
import { errors, type InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import type { IdentityLog } from './identity-log.ts';
import type { Listener, Listeners } from './listeners.ts';
import { showPage, type Context } from './page-answer.ts';
import { errorPage, signInPage, type PageFrame, type SignInProblem } from './pages/pages.ts';
import { readForm } from './read-form.ts';
import type { SignIn } from './sign-in.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

export interface InteractionOptions {
  readonly provider: Provider;
  readonly issuer: string;
  readonly listeners: Listeners;
  readonly signIn: SignIn;
  readonly demo: boolean;
  readonly log: IdentityLog;
  readonly frameFor: (uiLocales: unknown, acceptLanguage: string) => PageFrame;
  readonly addressOf: (ctx: Context) => string;
}

const formSchema = z.object({
  choice: z.enum(['sign_in', 'go_on', 'demo_free', 'demo_premium', 'sign_out', 'cancel']),
  login: z.string().max(256).default(''),
  password: z.string().max(1024).default(''),
});

const paramsSchema = z.object({
  ui_locales: z.string().optional(),
  login_hint: z.string().max(256).optional().catch(undefined),
  redirect_uri: z.string().optional(),
  max_age: z.coerce.number().optional(),
});

const BUSY_RETRY_SECONDS = 5;
const UNPROCESSABLE = 422;
const TOO_MANY = 429;
const UNAVAILABLE = 503;
const FORBIDDEN = 403;
const BAD_REQUEST = 400;
const SEE_OTHER = 303;

const answerFor = (problem: SignInProblem) => {
  switch (problem.kind) {
    case 'wait':
      return { status: TOO_MANY, retryAfterSeconds: problem.seconds };
    case 'busy':
      return { status: UNAVAILABLE, retryAfterSeconds: BUSY_RETRY_SECONDS };
    case 'wrong':
    case 'missing':
    case 'disabled':
      return { status: UNPROCESSABLE };
  }
};

/** Shows and answers `/interaction/<uid>`. */
export const createInteractionRoutes = (options: InteractionOptions) => {
  const { provider, issuer, listeners, signIn, demo, log, frameFor, addressOf } = options;

  /** Whom the browser knows, if they may go on without a password: not when the app wants one, nor after a change of it. */
  const knownListener = async (
    interaction: Interaction,
  ): Promise<{ readonly listener: Listener; readonly signedInAt: number } | null> => {
    const { session, prompt, params } = interaction;
    if (session === undefined) return null;
    const asked = prompt.reasons.filter((reason) => reason !== 'native_client' && reason !== 'no_session');
    if (prompt.name === 'login' && asked.length > 0) return null;
    const [found, listener] = await Promise.all([
      provider.Session.findByUid(session.uid),
      listeners.find(session.accountId),
    ]);
    const signedInAt = found?.loginTs;
    if (signedInAt === undefined || listener === null) return null;
    const { max_age: mostSeconds } = paramsSchema.parse(params);
    if (mostSeconds !== undefined && found?.past(mostSeconds) !== false) return null;
    return listener.isDisabled || signedInAt < listener.signInsFrom ? null : { listener, signedInAt };
  };

  const finish = async (ctx: Context, result: InteractionResults): Promise<void> => {
    const returnTo = await provider.interactionResult(ctx.req, ctx.res, result, {
      mergeWithLastSubmission: false,
    });
    ctx.status = SEE_OTHER;
    ctx.redirect(returnTo);
  };

  /** The browser's session becomes this listener's. Left alone, the provider would ask by a script whether to sign out first. */
  const takeOver = async (interaction: Interaction, accountId: string, signedInAt: number): Promise<void> => {
    if (interaction.session === undefined || interaction.session.accountId === accountId) return;
    const session = await provider.Session.findByUid(interaction.session.uid);
    if (session === undefined) return;
    session.loginAccount({ accountId, loginTs: signedInAt });
    session.authorizations = {};
    await session.persist();
    interaction.session.accountId = accountId;
    await interaction.persist();
  };

  const finishAs = async (
    ctx: Context,
    interaction: Interaction,
    { id, signInsFrom }: Listener,
    signedInAt?: number,
  ): Promise<void> => {
    const since = signedInAt ?? Math.max(Math.floor(Date.now() / 1000), signInsFrom);
    await takeOver(interaction, id, since);
    log.info({ account: id }, signedInAt === undefined ? 'signed in' : 'went on with this browser');
    await finish(ctx, {
      login: { accountId: id, ts: since, remember: true },
      select_account: {},
      consent: {},
    });
  };

  const show = async (
    ctx: Context,
    interaction: Interaction,
    login: string | null,
    problem: SignInProblem | null,
  ): Promise<void> => {
    const params = paramsSchema.parse(interaction.params);
    const known = await knownListener(interaction);
    const view = {
      action: `${issuer}/interaction/${interaction.uid}`,
      login: login ?? params.login_hint ?? '',
      problem,
      knownName: known?.listener.name ?? null,
      demo,
    };
    const frame = frameFor(params.ui_locales, ctx.get('accept-language'));
    showPage(ctx, signInPage(frame, view), {
      ...(problem === null ? {} : answerFor(problem)),
      redirectUri: params.redirect_uri,
    });
  };

  const signOut = async (ctx: Context, interaction: Interaction): Promise<void> => {
    if (interaction.session !== undefined) {
      const session = await provider.Session.findByUid(interaction.session.uid);
      delete interaction.session;
      await interaction.persist();
      await session?.destroy();
    }
    ctx.status = SEE_OTHER;
    ctx.redirect(`${issuer}/interaction/${interaction.uid}`);
  };

  const answer = async (ctx: Context, interaction: Interaction): Promise<void> => {
    const form = formSchema.safeParse(await readForm(ctx.req));
    if (!form.success) {
      const frame = frameFor(interaction.params['ui_locales'], ctx.get('accept-language'));
      showPage(ctx, errorPage(frame, 'request', null), { status: BAD_REQUEST });
      return;
    }
    const { choice, login, password } = form.data;
    switch (choice) {
      case 'cancel':
        return finish(ctx, { error: 'access_denied', error_description: 'the person cancelled' });
      case 'sign_out':
        return signOut(ctx, interaction);
      case 'go_on': {
        const known = await knownListener(interaction);
        return known === null
          ? show(ctx, interaction, null, null)
          : finishAs(ctx, interaction, known.listener, known.signedInAt);
      }
      case 'demo_free':
      case 'demo_premium': {
        const listener = signIn.asDemo(choice === 'demo_free' ? 'free' : 'premium');
        return listener === null ? show(ctx, interaction, null, null) : finishAs(ctx, interaction, listener);
      }
      case 'sign_in': {
        const signedIn = await signIn.withPassword({ login, password }, addressOf(ctx));
        return signedIn.state === 'is'
          ? finishAs(ctx, interaction, signedIn.listener)
          : show(ctx, interaction, login, signedIn.problem);
      }
    }
  };

  return async (ctx: Context, uid: string): Promise<void> => {
    const frame = frameFor(undefined, ctx.get('accept-language'));
    try {
      const interaction = await provider.interactionDetails(ctx.req, ctx.res);
      if (interaction.uid !== uid) throw new errors.SessionNotFound('another sign-in');
      if (ctx.method === 'POST') await answer(ctx, interaction);
      else await show(ctx, interaction, null, null);
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      showPage(ctx, errorPage(frame, 'expired', null), { status: BAD_REQUEST });
    }
  };
};

/** Says so on a page, when a form was sent from elsewhere. */
export const refuseForeignForm = (ctx: Context, frame: PageFrame): void =>
  showPage(ctx, errorPage(frame, 'foreign', null), { status: FORBIDDEN });
