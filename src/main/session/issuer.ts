import {
  allowInsecureRequests,
  clockTolerance,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  None,
  refreshTokenGrant,
  tokenRevocation,
  type CustomFetch,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import { z } from 'zod';
import type { SignInOffer } from '../../contract/account-http.ts';
import type { HostPorts } from '../ports.ts';
import type { IssuerDirectory } from './issuer-directory.ts';
import { IssuerFailure, issuerFailureOf, type IssuerProblem } from './issuer-failure.ts';
import { createIssuerFetch } from './issuer-fetch.ts';
import { isLoopbackUrl, isProtectedUrl } from './service-address.ts';
import type { KeptSignIn } from './token-store.ts';

/** What an issuer gave. */
export interface Granted {
  readonly accessToken: string;
  readonly lifetimeMs: number;
  /** Null: none, or (renewed) the same as before. */
  readonly refreshToken: string | null;
}

/** An issuer as openid-client wants it, for one sign-in. */
export type IssuerConfiguration = Configuration;

/** Everything rejects with an `IssuerFailure`, which holds no secret. */
export interface Issuers {
  /** For signing in. `signal` ends what is asked with it. Rejects with `not_offered` where somebody could read along. */
  configuration(offer: SignInOffer, signal: AbortSignal): Promise<IssuerConfiguration>;
  renew(signIn: KeptSignIn, refreshToken: string, signal: AbortSignal): Promise<Granted>;
  /** RFC 7009. Does nothing where the issuer has no such thing. */
  revoke(signIn: KeptSignIn, signal: AbortSignal): Promise<void>;
}

/** Computers whose clock is some minutes off are common; `nonce` keeps old answers out, not the clock. */
const CLOCK_TOLERANCE_SECONDS = 600;
const ANSWER_SECONDS = 10;
const DOUBTFUL: ReadonlySet<IssuerProblem> = new Set(['untrusted', 'not_offered', 'refused_request']);
/** RFC 6749 only recommends that an issuer says how long a token lives. */
const ASSUMED_LIFETIME_SECONDS = 300;
/** A token that had ended when it came would be asked for again with every request; the service says soon enough that it has. */
const SHORTEST_LIFETIME_SECONDS = 10;

/** Rejects with `untrusted` for a token that is not simply shown (DPoP and its like). */
export const grantedBy = (response: TokenEndpointResponse & TokenEndpointResponseHelpers): Granted => {
  if (response.token_type !== 'bearer')
    throw new IssuerFailure('untrusted', 'the issuer gives no bearer token');
  return {
    accessToken: response.access_token,
    lifetimeMs: Math.max(SHORTEST_LIFETIME_SECONDS, response.expires_in ?? ASSUMED_LIFETIME_SECONDS) * 1_000,
    refreshToken: response.refresh_token ?? null,
  };
};

/** What the issuer would know the person by, out of the id token. */
export const loginHintOf = (response: TokenEndpointResponseHelpers): string | null => {
  const claims = response.claims();
  const hint = claims?.['email'] ?? claims?.['preferred_username'];
  return typeof hint === 'string' ? hint : null;
};

/** Runs what asks the issuer; what comes of it is a value or an `IssuerFailure`. A defect is thrown as it is. */
export const askingIssuer = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    throw issuerFailureOf(error) ?? error;
  }
};

const answerSchema = z.looseObject({ id_token: z.unknown() });

/**
 * An id token that comes with a renewed token says nothing that is needed, and OpenID Connect Core (12.2) does not require one.
 * A check of it that fails, on a clock or for a key that cannot be fetched, would throw away the new refresh token, while the
 * issuer already holds the old one for used. Whose the tokens are is what the service says to them.
 */
const withoutIdToken =
  (fetch: CustomFetch): CustomFetch =>
  async (url, init) => {
    const response = await fetch(url, init);
    const text = await response.text();
    let body = text;
    try {
      const { id_token: _idToken, ...rest } = answerSchema.parse(JSON.parse(text));
      body = JSON.stringify(rest);
    } catch {
      // No JSON object: openid-client says so.
    }
    return new Response(body, { status: response.status, headers: response.headers });
  };

export const createIssuers = (
  options: Pick<HostPorts, 'fetch' | 'isOnline'> & {
    readonly directory: IssuerDirectory;
    readonly answerSeconds?: number;
  },
): Issuers => {
  const { directory, answerSeconds = ANSWER_SECONDS } = options;

  const configured = async (
    { issuer, clientId }: Pick<SignInOffer, 'issuer' | 'clientId'>,
    fetch: CustomFetch,
  ): Promise<Configuration> => {
    if (!isProtectedUrl(issuer))
      throw new IssuerFailure('not_offered', 'the issuer is at no protected address');
    const configuration = new Configuration(
      await directory.metadata(issuer),
      clientId,
      { [clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      None(),
    );
    configuration[customFetch] = fetch;
    configuration.timeout = answerSeconds;
    if (isLoopbackUrl(issuer)) allowInsecureRequests(configuration);
    return configuration;
  };
  const fetchUntil = (ended: AbortSignal): CustomFetch => createIssuerFetch({ ...options, ended });

  return {
    async configuration(offer, signal) {
      const configuration = await configured(offer, fetchUntil(signal));
      enableNonRepudiationChecks(configuration);
      return configuration;
    },

    renew: (signIn, refreshToken, signal) =>
      askingIssuer(async () => {
        const configuration = await configured(signIn, withoutIdToken(fetchUntil(signal)));
        const parameters = signIn.resource === null ? {} : { resource: signIn.resource };
        return grantedBy(await refreshTokenGrant(configuration, refreshToken, parameters));
      }).catch((error: unknown) => {
        // An issuer that has moved or changed is asked anew how it is to be asked.
        if (error instanceof IssuerFailure && DOUBTFUL.has(error.problem)) directory.doubt(signIn.issuer);
        throw error;
      }),

    revoke: (signIn, signal) =>
      askingIssuer(async () => {
        const token = signIn.refreshToken;
        if (token === null) return;
        const configuration = await configured(signIn, fetchUntil(signal));
        if (configuration.serverMetadata().revocation_endpoint === undefined) return;
        await tokenRevocation(configuration, token, { token_type_hint: 'refresh_token' });
      }),
  };
};
