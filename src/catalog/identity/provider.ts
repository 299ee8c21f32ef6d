/** oidc-provider, with only that switched on which the app uses: one public native client, code + PKCE, refresh, devices. */
import OidcProvider, {
  errors,
  interactionPolicy,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { CATALOG_AUDIENCE, NAME_CLAIM, ROLES_CLAIM, TIER_CLAIM } from './identity-contract.ts';
import type { Listener, Listeners } from './listeners.ts';
import type { ProviderPages } from './provider-pages.ts';
import type { KeysInUse } from './signing-keys.ts';
import type { SealedObjects } from './sealed-objects.ts';
import { createStoreAdapter } from './store-adapter.ts';

export const CLIENT_ID = 'riffle-desktop';
export const SCOPE = 'openid offline_access';

const MINUTE_S = 60;
const DAY_S = 86_400;
/** People stay in for months: each use begins this anew … */
const REFRESH_TOKEN_DAYS = 180;
/** … but after a year everybody signs in again (RFC 9700, 4.14.2: no token lives for ever). */
const LONGEST_SIGN_IN_S = 365 * DAY_S;
const SESSION_S = 14 * DAY_S;

export interface ProviderOptions {
  readonly issuer: string;
  readonly keys: KeysInUse;
  readonly objects: SealedObjects;
  readonly listeners: Listeners;
  readonly pages: ProviderPages;
  readonly accessTokenSeconds: number;
  /** Tells the cookies of this issuer from those of another on the same host. */
  readonly cookiePrefix: string;
}

const { Check, Prompt, base } = interactionPolicy;

/**
 * A native client cannot prove that it is the app, so it gets nothing without a person who says so (RFC 8252, 8.6), a browser
 * that is signed in or not. There is no consent to ask for: the client is this service's own.
 */
const createPolicy = (): interactionPolicy.DefaultPolicy => {
  const policy = base();
  policy.remove('consent');
  policy
    .get('login')
    ?.checks.add(
      new Check(
        'native_client',
        'native clients require End-User interaction',
        'interaction_required',
        (ctx) => (ctx.oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT),
      ),
    );
  policy.add(new Prompt({ name: 'select_account', requestable: true }));
  policy.add(new Prompt({ name: 'consent', requestable: true }));
  return policy;
};

/** Each sign-in has a grant of its own, so that signing out of one computer leaves the others alone. */
const grantOfThisSignIn = async (ctx: KoaContextWithOIDC) => {
  const accountId = ctx.oidc.result?.login?.accountId;
  if (accountId === undefined || accountId !== ctx.oidc.session?.accountId) return undefined;
  const grant = new ctx.oidc.provider.Grant({ accountId, clientId: CLIENT_ID });
  grant.addOIDCScope(SCOPE);
  await grant.save();
  return grant;
};

const isGood = (listener: Listener, signedInAt: number | undefined): boolean =>
  !listener.isDisabled && (signedInAt ?? 0) >= listener.signInsFrom;

export const createProvider = (options: ProviderOptions): OidcProvider => {
  const { issuer, keys, objects, listeners, pages, accessTokenSeconds, cookiePrefix } = options;
  const path = new URL(issuer).pathname;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true } as const;

  /** Whom a request is about: its token is made of the same as it was let through for. */
  const listenerOf = new WeakMap<KoaContextWithOIDC, Listener>();

  const configuration: Configuration = {
    adapter: createStoreAdapter(objects, REFRESH_TOKEN_DAYS),
    clients: [
      {
        client_id: CLIENT_ID,
        client_name: 'Riffle',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        // Any port: RFC 8252, 7.3.
        redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
        response_types: ['code'],
        response_modes: ['query'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        id_token_signed_response_alg: 'ES256',
        scope: SCOPE,
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    jwks: { keys: [...keys.signing] },
    cookies: {
      keys: keys.cookies,
      names: {
        session: `${cookiePrefix}session`,
        interaction: `${cookiePrefix}interaction`,
        resume: `${cookiePrefix}resume`,
      },
      long: { ...cookie, path },
      short: cookie,
    },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Signing out of the browser leaves the app signed in.
    expiresWithSession: () => false,
    revokeGrantPolicy: () => true,
    loadExistingGrant: grantOfThisSignIn,
    interactions: {
      policy: createPolicy(),
      url: (_ctx, interaction) => `${issuer}/interaction/${interaction.uid}`,
    },
    findAccount: async (ctx, id, token) => {
      const listener = await listeners.find(id);
      const signedInAt =
        token !== undefined && 'authTime' in token ? token.authTime : ctx.oidc.session?.loginTs;
      if (listener === null || !isGood(listener, signedInAt)) return undefined;
      listenerOf.set(ctx, listener);
      return { accountId: id, claims: () => Promise.resolve({ sub: id }) };
    },
    extraTokenClaims: (ctx, token) => {
      const listener = listenerOf.get(ctx);
      if (listener === undefined || !('accountId' in token) || token.accountId !== listener.id)
        throw new errors.InvalidGrant('the account is gone');
      return {
        [TIER_CLAIM]: listener.tier,
        [ROLES_CLAIM]: listener.roles,
        [NAME_CLAIM]: listener.name,
      };
    },
    renderError: pages.error,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: pages.signOut,
        postLogoutSuccessSource: pages.signedOut,
      },
      deviceFlow: {
        enabled: true,
        // Nothing of the device is kept: what it says of itself proves nothing.
        deviceInfo: () => ({}),
        userCodeInputSource: pages.deviceCode,
        userCodeConfirmSource: pages.deviceConfirm,
        successSource: pages.deviceDone,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => CATALOG_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== CATALOG_AUDIENCE) throw new errors.InvalidTarget();
          return {
            scope: '',
            audience: CATALOG_AUDIENCE,
            accessTokenFormat: 'jwt',
            accessTokenTTL: accessTokenSeconds,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: MINUTE_S,
      DeviceCode: 10 * MINUTE_S,
      IdToken: 10 * MINUTE_S,
      Interaction: 30 * MINUTE_S,
      Session: SESSION_S,
      Grant: LONGEST_SIGN_IN_S + DAY_S,
      RefreshToken: (_ctx, token) => {
        const leftSeconds = LONGEST_SIGN_IN_S - token.totalLifetime();
        return Math.max(1, Math.min(REFRESH_TOKEN_DAYS * DAY_S, leftSeconds));
      },
    },
  };
  const provider = new OidcProvider(issuer, configuration);
  // `identity.ts` says itself what the public address is, and overwrites what a stranger says of it.
  provider.proxy = true;
  return provider;
};
