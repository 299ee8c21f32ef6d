import { HostFailure } from '../../contract/host-error.ts';
import type { SignInOffer } from '../../contract/account-http.ts';
import type { ServiceInfo } from '../../contract/catalog-http.ts';
import type { SignIn, SignInFailure } from '../../contract/session.ts';
import type { Clock, Log } from '../ports.ts';
import { signInInBrowser, type BrowserSignInOptions } from './browser-sign-in.ts';
import { signInOnDevice } from './device-sign-in.ts';
import { IssuerFailure, signInFailureOf } from './issuer-failure.ts';
import type { Granted, Issuers } from './issuer.ts';
import type { CallbackOutcome } from './callback-texts.ts';
import { isProtectedUrl } from './service-address.ts';
import type { ServiceDoor } from './service-preview.ts';
import { SignInFailed } from './sign-in-failed.ts';

export interface SignInRequest {
  readonly serviceUrl: string;
  readonly via: 'browser' | 'device';
  readonly accountId?: string | undefined;
}

/** Somebody came back with tokens. */
export interface Arrival {
  readonly serviceUrl: string;
  readonly serviceName: string;
  readonly offer: SignInOffer;
  readonly granted: Granted & { readonly loginHint: string | null };
  readonly accountId: string | undefined;
  /** Aborts when the sign-in is no longer wanted. */
  readonly signal: AbortSignal;
}

/** The sign-in that is under way: at most one. */
export interface SignInProcess {
  step(): SignIn;
  /** Takes the place of what is under way. Resolves as soon as somebody else is to act, or it is over. */
  begin(request: SignInRequest): Promise<void>;
  /** Also forgets that one failed. */
  cancel(): void;
  /** Resolves when nothing listens and nobody is asked any more. */
  settled(): Promise<void>;
}

export interface SignInProcessOptions extends Pick<BrowserSignInOptions, 'openBrowser' | 'choosePort'> {
  readonly door: Pick<ServiceDoor, 'info'>;
  readonly issuers: Pick<Issuers, 'configuration'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
  /** What the issuer is asked beside: to ask who it is although somebody is signed in; whom to propose. */
  readonly manners: (request: SignInRequest) => {
    readonly isAdding: boolean;
    readonly loginHint: string | null;
  };
  /** Takes up a service without sign-in. */
  readonly connect: (serviceUrl: string, info: ServiceInfo) => Promise<void>;
  /** Keeps what was given and takes up the account. Both reject with `SignInFailed`, and then nothing is stored. */
  readonly admit: (arrival: Arrival) => Promise<void>;
  readonly onStep: () => void;
}

const failureOf = (error: unknown): SignInFailure | null => {
  if (error instanceof SignInFailed) return error.failure;
  return error instanceof IssuerFailure ? signInFailureOf(error) : 'internal';
};

export const createSignInProcess = (options: SignInProcessOptions): SignInProcess => {
  const { door, issuers, clock, log, closing, manners, connect, admit, onStep } = options;
  let step: SignIn = { step: 'idle' };
  let current: { readonly stop: AbortController; readonly over: Promise<void> } | null = null;

  const become = (next: SignIn): void => {
    step = next;
    onStep();
  };

  const askService = async (serviceUrl: string): Promise<ServiceInfo> => {
    try {
      return await door.info(serviceUrl);
    } catch (error) {
      const isOffline = error instanceof HostFailure && error.code === 'offline';
      throw new SignInFailed(isOffline ? 'offline' : 'service_unreachable', 'the service does not answer');
    }
  };

  const carryOut = async (
    request: SignInRequest,
    signal: AbortSignal,
    whenOver: Promise<CallbackOutcome>,
    onRest: () => void,
  ): Promise<void> => {
    const { serviceUrl, via, accountId } = request;
    const tell = (next: SignIn): void => {
      if (signal.aborted) return;
      become(next);
      if (next.step !== 'finishing') onRest();
    };
    const info = await askService(serviceUrl);
    signal.throwIfAborted();
    const offer = info.signIn ?? null;
    if (offer === null) {
      await connect(serviceUrl, info);
      return;
    }
    // Over plain HTTP anybody on the way could read the tokens.
    if (!isProtectedUrl(serviceUrl)) throw new SignInFailed('not_offered', 'no sign-in over plain HTTP');
    const configuration = await issuers.configuration(offer, signal);
    const common = { configuration, offer, clock, signal, log };
    const granted =
      via === 'browser'
        ? await signInInBrowser({
            ...common,
            ...manners(request),
            openBrowser: options.openBrowser,
            ...(options.choosePort === undefined ? {} : { choosePort: options.choosePort }),
            whenOver,
            closing,
            onWaiting: (waiting) => tell({ step: 'in_browser', serviceUrl, ...waiting }),
            onReturned: () => tell({ step: 'finishing', serviceUrl }),
          })
        : await signInOnDevice({
            ...common,
            onWaiting: (waiting) => tell({ step: 'on_device', serviceUrl, ...waiting }),
          });
    tell({ step: 'finishing', serviceUrl });
    await admit({ serviceUrl, serviceName: info.name, offer, granted, accountId, signal });
  };

  const run = async (request: SignInRequest, stop: AbortController, onRest: () => void): Promise<void> => {
    const signal = AbortSignal.any([stop.signal, closing]);
    const over = Promise.withResolvers<CallbackOutcome>();
    become({ step: 'asking', serviceUrl: request.serviceUrl });
    try {
      await carryOut(request, signal, over.promise, onRest);
      over.resolve('signed_in');
      if (!signal.aborted) become({ step: 'idle' });
    } catch (error) {
      const failure = signal.aborted ? null : failureOf(error);
      over.resolve(failure ?? 'cancelled');
      if (failure === null) return;
      log.warn('a sign-in came to nothing', {
        failure,
        why: error instanceof SignInFailed || error instanceof IssuerFailure ? error.message : 'a defect',
        ...(failure === 'internal' ? { error } : {}),
      });
      become({ step: 'failed', serviceUrl: request.serviceUrl, failure });
    } finally {
      stop.abort();
      onRest();
    }
  };

  const stopCurrent = (): Promise<void> => {
    current?.stop.abort();
    return current?.over ?? Promise.resolve();
  };

  return {
    step: () => step,
    async begin(request) {
      if (closing.aborted) return;
      void stopCurrent();
      const stop = new AbortController();
      const resting = Promise.withResolvers<void>();
      const over = run(request, stop, () => resting.resolve());
      current = { stop, over };
      await resting.promise;
    },
    cancel() {
      void stopCurrent();
      if (step.step !== 'idle') become({ step: 'idle' });
    },
    settled: stopCurrent,
  };
};
