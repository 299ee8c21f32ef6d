import { initiateDeviceAuthorization, pollDeviceAuthorizationGrant } from 'openid-client';
import type { SignInOffer } from '../../contract/account-http.ts';
import type { Clock } from '../ports.ts';
import { IssuerFailure } from './issuer-failure.ts';
import { askingIssuer, grantedBy, loginHintOf, type Granted, type IssuerConfiguration } from './issuer.ts';
import { isProtectedUrl } from './service-address.ts';
import { SignInFailed } from './sign-in-failed.ts';

const DEFAULT_INTERVAL_SECONDS = 5;

/**
 * Device authorization (RFC 8628): the person types a code on another device, the issuer is asked every few seconds (less often
 * when it says `slow_down`) until it knows. Rejects with `SignInFailed` or `IssuerFailure`.
 */
export const signInOnDevice = async (options: {
  readonly configuration: IssuerConfiguration;
  readonly offer: SignInOffer;
  readonly clock: Clock;
  /** Aborts when the sign-in is no longer wanted. */
  readonly signal: AbortSignal;
  readonly onWaiting: (waiting: {
    readonly address: string;
    readonly completeAddress: string | null;
    readonly code: string;
    readonly expiresAt: string;
  }) => void;
}): Promise<Granted & { readonly loginHint: string | null }> => {
  const { configuration, offer, clock, signal, onWaiting } = options;
  if (configuration.serverMetadata().device_authorization_endpoint === undefined) {
    throw new SignInFailed('not_offered', 'the issuer has no sign-in on another device');
  }
  const resource = offer.resource === null ? {} : { resource: offer.resource };
  const device = await askingIssuer(() =>
    initiateDeviceAuthorization(configuration, { scope: offer.scope, ...resource }),
  ).catch((error: unknown) => {
    // An issuer that has it, but not for this client.
    if (!(error instanceof IssuerFailure) || error.problem !== 'refused_request') throw error;
    throw new SignInFailed('not_offered', error.message);
  });
  const addresses = [device.verification_uri, device.verification_uri_complete ?? device.verification_uri];
  if (!addresses.every(isProtectedUrl)) {
    throw new SignInFailed('not_offered', 'the issuer sends people to an address that is not protected');
  }
  const endsAtMs = clock.now() + device.expires_in * 1_000;
  onWaiting({
    address: device.verification_uri,
    completeAddress: device.verification_uri_complete ?? null,
    code: device.user_code,
    expiresAt: new Date(endsAtMs).toISOString(),
  });

  const answered = new AbortController();
  const late = new AbortController();
  clock.wait(device.expires_in * 1_000, AbortSignal.any([signal, answered.signal])).then(
    () => late.abort(),
    // Answered, or no longer wanted.
    () => undefined,
  );
  const until = AbortSignal.any([signal, late.signal]);
  // openid-client (6.8.9) looks at the signal every five seconds only, between two questions.
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  until.addEventListener('abort', () => ended.reject(new IssuerFailure('cancelled', 'no longer waited for')));
  try {
    for (;;) {
      try {
        const polled = askingIssuer(() =>
          pollDeviceAuthorizationGrant(configuration, device, resource, { signal: until }),
        );
        const response = await Promise.race([polled, ended.promise]);
        return { ...grantedBy(response), loginHint: loginHintOf(response) };
      } catch (error) {
        if (late.signal.aborted) throw new SignInFailed('timed_out', 'nobody typed the code in time');
        const isAway =
          error instanceof IssuerFailure && (error.problem === 'unreachable' || error.problem === 'offline');
        if (!isAway || signal.aborted) throw error;
      }
      // Nobody answered that once: asked again after a longer pause (RFC 8628, section 3.5).
      await clock.wait((device.interval ?? DEFAULT_INTERVAL_SECONDS) * 2_000, until).catch(() => undefined);
    }
  } finally {
    answered.abort();
  }
};
