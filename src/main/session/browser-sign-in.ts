import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { SignInOffer } from '../../contract/account-http.ts';
import type { Clock, Log } from '../ports.ts';
import { startCallbackServer } from './callback-server.ts';
import type { CallbackOutcome } from './callback-texts.ts';
import { askingIssuer, grantedBy, loginHintOf, type Granted, type IssuerConfiguration } from './issuer.ts';
import { isProtectedUrl } from './service-address.ts';
import { SignInFailed } from './sign-in-failed.ts';

export interface BrowserSignInOptions {
  readonly configuration: IssuerConfiguration;
  readonly offer: SignInOffer;
  /** Null where the window opens the address itself. */
  readonly openBrowser: ((url: string) => Promise<void>) | null;
  /** The port to listen at; 0, which is the default: any that is free. */
  readonly choosePort?: () => number;
  /** Somebody is signed in with this issuer already, and another one is to be. */
  readonly isAdding: boolean;
  /** Whom to propose. */
  readonly loginHint: string | null;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the sign-in is no longer wanted. */
  readonly signal: AbortSignal;
  /** The app closes. */
  readonly closing: AbortSignal;
  /** What became of it all, which the page in the browser then says. */
  readonly whenOver: Promise<CallbackOutcome>;
  readonly onWaiting: (waiting: {
    readonly address: string;
    readonly openedByHost: boolean;
    readonly expiresAt: string;
  }) => void;
  readonly onReturned: () => void;
}

const WAIT_MS = 10 * 60_000;
/** The resource of Riffle's own issuer, which keeps people signed in without asking them whether it may. */
const OWN_RESOURCE = 'urn:riffle:catalog';

/** Any port is as good as another; one that is chosen may be taken. */
const PORTS_TRIED = 3;

const redirectUrisFor = (offer: SignInOffer, choosePort: () => number): readonly string[] =>
  offer.redirectUris ??
  Array.from({ length: PORTS_TRIED }, () => `http://127.0.0.1:${choosePort()}/callback`);

/** `consent`: OpenID Connect Core (11) lets an issuer ignore `offline_access` without it. */
const promptFor = (offer: SignInOffer, isAdding: boolean): string =>
  [
    ...(isAdding ? ['login'] : []),
    ...(offer.resource !== OWN_RESOURCE && offer.scope.split(' ').includes('offline_access')
      ? ['consent']
      : []),
  ].join(' ');

/** RFC 9207: an answer that names another issuer, or none although this one always does, is another's answer. */
const isFromIssuer = (configuration: IssuerConfiguration, callback: URL): boolean => {
  const { issuer, authorization_response_iss_parameter_supported: alwaysSaysSo } =
    configuration.serverMetadata();
  const said = callback.searchParams.getAll('iss');
  if (said.length === 0) return alwaysSaysSo !== true;
  return said.length === 1 && said[0] === issuer;
};

/**
 * Authorization code with PKCE in the system's browser (RFC 7636, RFC 8252). Rejects with `SignInFailed` or `IssuerFailure`.
 */
export const signInInBrowser = async (
  options: BrowserSignInOptions,
): Promise<Granted & { readonly loginHint: string | null }> => {
  const { configuration, offer, openBrowser, isAdding, loginHint, clock, log, signal } = options;
  const state = randomState();
  const nonce = randomNonce();
  const verifier = randomPKCECodeVerifier();
  const server = await startCallbackServer({
    state,
    redirectUris: redirectUrisFor(offer, options.choosePort ?? (() => 0)),
    clock,
    log,
    whenOver: options.whenOver,
    closing: options.closing,
  });
  const answered = new AbortController();
  try {
    const prompt = promptFor(offer, isAdding);
    const address = await askingIssuer(async () =>
      buildAuthorizationUrl(configuration, {
        redirect_uri: server.redirectUri,
        scope: offer.scope,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(offer.resource === null ? {} : { resource: offer.resource }),
        ...(prompt === '' ? {} : { prompt }),
        ...(loginHint === null ? {} : { login_hint: loginHint }),
      }),
    );
    if (!isProtectedUrl(address.href))
      throw new SignInFailed('not_offered', 'the issuer signs in without protection');

    const expiresAt = new Date(clock.now() + WAIT_MS).toISOString();
    const tooLate = clock.wait(WAIT_MS, AbortSignal.any([signal, answered.signal])).then((): never => {
      throw new SignInFailed('timed_out', 'nobody came back from the browser');
    });
    // Whoever comes back first is waited for below; until then it must not count as unhandled.
    tooLate.catch(() => undefined);
    signal.throwIfAborted();
    options.onWaiting({ address: address.href, openedByHost: openBrowser !== null, expiresAt });
    const notOpened = Promise.withResolvers<never>();
    openBrowser?.(address.href).catch(() => {
      notOpened.reject(new SignInFailed('no_browser', 'the browser was not opened'));
    });

    const callback = await Promise.race([server.callback, tooLate, notOpened.promise]);
    options.onReturned();
    if (!isFromIssuer(configuration, callback)) throw new SignInFailed('not_ours', 'another issuer answered');
    const response = await askingIssuer(() =>
      authorizationCodeGrant(
        configuration,
        callback,
        { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
        offer.resource === null ? {} : { resource: offer.resource },
      ),
    );
    return { ...grantedBy(response), loginHint: loginHintOf(response) };
  } finally {
    answered.abort();
    server.closeWhenOver();
  }
};
