/** The three ways to run a service: without sign-in, with its own issuer, or with any OpenID Connect issuer elsewhere. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import type { SignInOffer } from '../../../contract/account-http.ts';
import { catalogPaths } from '../../../contract/catalog-http.ts';
import type { AdPolicy } from '../../../core/entitlement/entitlement.ts';
import { CATALOG_AUDIENCE, type Identity } from '../../identity/identity-contract.ts';
import type { IdentityLog } from '../../identity/identity-log.ts';
import type { PasswordCost } from '../../identity/password-hash.ts';
import type { ObjectStore } from '../../store/object-store.ts';
import { ProblemError } from '../problems.ts';
import type { AccessControl } from './access-control.ts';
import { OWN_CLAIMS, type ClaimMapping } from './claim-mapping.ts';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.ts';
import { createKeyLoader } from './issuer-metadata.ts';
import { createOpenAccess } from './open-access.ts';
import { createTokenAccess } from './token-access.ts';
import { createTokenVerifier, type TokenPolicy } from './token-verifier.ts';

export type SignInMode =
  /** Everybody who reaches the service is one premium listener. */
  | { readonly kind: 'none' }
  /** Accounts in the store, `riffle-catalog accounts`. */
  | {
      readonly kind: 'own';
      /** Two listeners that need no password. */
      readonly demo: boolean;
      readonly accessTokenSeconds?: number;
      readonly passwordCost?: PasswordCost;
    }
  | {
      readonly kind: 'issuer';
      /** To the letter, as its metadata says it. */
      readonly issuer: string;
      readonly clientId: string;
      /** Null: its access tokens have none (`TokenPolicy`). */
      readonly audience: string | null;
      readonly scope: string;
      readonly resource: string | null;
      readonly redirectUris?: readonly string[];
      readonly claims: ClaimMapping;
    };

export interface SignInOptions {
  readonly mode: SignInMode;
  readonly store: ObjectStore;
  /** The installation's name. */
  readonly name: string;
  readonly hasPicture: boolean;
  readonly ads: AdPolicy;
  readonly clockToleranceSeconds?: number;
  readonly nowMs?: () => number;
  /** For issuers elsewhere: between two times that an unknown key makes us ask. */
  readonly keyCooldownMs?: number;
}

/** What is told of it: never anything of a token. */
export type SignInLog = IdentityLog;

export interface SignIn {
  readonly access: AccessControl;
  /**
   * Lets our own issuer answer a request to it, on behalf of that client address; false when there is none. Throws a
   * `ProblemError`, `not_ready`, until it is open.
   */
  answerAsIssuer(request: IncomingMessage, response: ServerResponse, clientAddress: string): boolean;
  /** Removes the account of a listener whom our own issuer knows; elsewhere there is none of ours. */
  forgetAccount(listenerId: string): Promise<void>;
  /** Opens it; `publicUrl` is where it is reached. Until then nobody is let in. */
  start(publicUrl: string, log: SignInLog): Promise<void>;
  close(): Promise<void>;
}

type OwnMode = SignInMode & { readonly kind: 'own' };
type ElsewhereMode = SignInMode & { readonly kind: 'issuer' };

/** Whose tokens are good, and how they are read. */
interface Trust {
  readonly offer: SignInOffer;
  readonly policy: Omit<TokenPolicy, 'clockToleranceSeconds'>;
  readonly load: () => Promise<JSONWebKeySet>;
  readonly cooldownMs: number | undefined;
  readonly mapping: ClaimMapping;
  readonly standing: Identity['standing'] | null;
}

/** As jose's examples have it, and more than machines with a time service differ by. */
const CLOCK_TOLERANCE_SECONDS = 60;
const OWN_KEY_COOLDOWN_MS = 1000;

export const createSignIn = (options: SignInOptions): SignIn => {
  const { mode, nowMs = Date.now, clockToleranceSeconds = CLOCK_TOLERANCE_SECONDS } = options;
  let access: AccessControl | null = mode.kind === 'none' ? createOpenAccess() : null;
  let identity: Identity | null = null;
  let keys: IssuerKeys | null = null;
  const clientAddresses = new WeakMap<IncomingMessage, string>();

  const startOwn = async (own: OwnMode, publicUrl: string, log: SignInLog): Promise<AccessControl> => {
    const { createIdentity } = await import('../../identity/identity.ts');
    const { demo, accessTokenSeconds, passwordCost } = own;
    const issuing = await createIdentity({
      store: options.store,
      publicUrl,
      name: options.name,
      demo,
      log,
      clientAddress: (request) => clientAddresses.get(request) ?? '',
      nowMs,
      ...(options.hasPicture ? { picture: `${publicUrl}${catalogPaths.servicePicture}` } : {}),
      ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
      ...(passwordCost === undefined ? {} : { passwordCost }),
    });
    identity = issuing;
    const { issuer, offer } = issuing;
    return accessBy(log, {
      offer,
      policy: { issuer, audience: CATALOG_AUDIENCE, clientId: offer.clientId, isTyped: true },
      load: () => issuing.publicKeys(),
      cooldownMs: OWN_KEY_COOLDOWN_MS,
      mapping: OWN_CLAIMS,
      standing: (accountId) => issuing.standing(accountId),
    });
  };

  const startElsewhere = (elsewhere: ElsewhereMode, log: SignInLog): AccessControl => {
    const { issuer, clientId, audience, scope, resource, redirectUris, claims } = elsewhere;
    const addresses = redirectUris === undefined ? {} : { redirectUris };
    return accessBy(log, {
      offer: { issuer, clientId, scope, resource, ...addresses, demo: false },
      policy: { issuer, audience, clientId, isTyped: false },
      load: createKeyLoader({ issuer, nowMs }),
      cooldownMs: options.keyCooldownMs,
      mapping: claims,
      standing: null,
    });
  };

  const accessBy = (log: SignInLog, trust: Trust): AccessControl => {
    const { offer, load, cooldownMs, policy, mapping, standing } = trust;
    keys = createIssuerKeys({
      load,
      onState: tellKeyState(log, policy.issuer),
      nowMs,
      ...(cooldownMs === undefined ? {} : { cooldownMs }),
    });
    const verify = createTokenVerifier({
      keys,
      policy: { ...policy, clockToleranceSeconds },
      nowMs,
      onClockOff: (seconds) =>
        log.warn({ seconds }, "a token is not valid yet: this machine's clock or the issuer's is off"),
    });
    return createTokenAccess({ offer, keys, verify, mapping, standing, ads: options.ads, nowMs });
  };

  const opened = (): AccessControl => {
    if (access === null) throw new ProblemError('not_ready', NOT_OPEN);
    return access;
  };

  return {
    access: {
      isPersonal: mode.kind !== 'none',
      offer: () => opened().offer(),
      knows: (token) => access?.knows(token) ?? false,
      listenerOf: async (token) => opened().listenerOf(token),
      unready: () => (access === null ? NOT_OPEN : access.unready()),
    },
    answerAsIssuer: (request, response, clientAddress) => {
      if (mode.kind !== 'own') return false;
      if (identity === null) throw new ProblemError('not_ready', NOT_OPEN);
      clientAddresses.set(request, clientAddress);
      identity.handle(request, response);
      return true;
    },
    forgetAccount: async (listenerId) => {
      if (mode.kind !== 'own') return;
      if (identity === null) throw new ProblemError('not_ready', NOT_OPEN);
      await identity.forget(listenerId);
    },
    start: async (publicUrl, log) => {
      if (mode.kind === 'own') access = await startOwn(mode, publicUrl, log);
      if (mode.kind === 'issuer') access = startElsewhere(mode, log);
    },
    close: async () => {
      keys?.close();
      await identity?.close();
    },
  };
};

const NOT_OPEN = 'Sign-in is not open yet.';

/** Says once that it fails, and once that it goes well again. */
const tellKeyState = (log: SignInLog, issuer: string) => {
  let isFailing = false;
  return (state: { readonly error: unknown } | 'loaded'): void => {
    if (state === 'loaded') {
      if (isFailing) log.info({ issuer }, 'the issuer answers again');
      isFailing = false;
      return;
    }
    if (!isFailing) log.warn({ issuer, err: state.error }, 'the keys of the issuer cannot be fetched');
    isFailing = true;
  };
};
