/** A real issuer on a real store and port, with as many replicas behind one address as a test needs. */
import { createServer } from 'node:http';
import * as client from 'openid-client';
import { onTestFinished } from 'vitest';
import { createAccounts, type NewAccount } from '../../src/catalog/identity/accounts.ts';
import { CATALOG_AUDIENCE, type Identity } from '../../src/catalog/identity/identity-contract.ts';
import { createIdentity, type IdentityOptions } from '../../src/catalog/identity/identity.ts';
import { createPasswords } from '../../src/catalog/identity/password-hash.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { appOf, createBrowser, pageOf, type Browser, type Page } from './browser.ts';

/** Wrong for an installation, right for a test: nothing here is about how long a hash takes. */
export const CHEAP = { memoryKib: 64, passes: 1 };
export const CALLBACK = 'http://127.0.0.1:1/callback';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly facts: object;
  readonly message: string;
}

export interface Issuer {
  readonly url: string;
  readonly store: ObjectStore;
  readonly folder: string;
  readonly log: readonly LogLine[];
  /** The first replica. */
  readonly identity: Identity;
  /** Requests go to one replica after the other. */
  addReplica(options?: Partial<IdentityOptions>): Promise<Identity>;
  /** All replicas stop, and one that knows nothing but the store begins. */
  restart(options?: Partial<IdentityOptions>): Promise<Identity>;
  addAccount(login: string, password: string, facts?: Partial<NewAccount>): Promise<string>;
}

export const openIssuer = async (options: Partial<IdentityOptions> = {}): Promise<Issuer> => {
  const folder = await temporaryFolder();
  const store = options.store ?? openStore({ location: folder });
  const log: LogLine[] = [];
  const say =
    (level: LogLine['level']) =>
    (facts: object, message: string): void => {
      log.push({ level, facts, message });
    };
  let replicas: Identity[] = [];
  let turn = 0;
  const server = createServer((request, response) => {
    replicas[(turn += 1) % replicas.length]?.handle(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  const open = (more: Partial<IdentityOptions> = {}): Promise<Identity> =>
    createIdentity({
      store,
      publicUrl: url,
      name: 'Küstenklang',
      demo: false,
      log: { info: say('info'), warn: say('warn'), error: say('error') },
      passwordCost: CHEAP,
      ...options,
      ...more,
    });
  const identity = await open();
  replicas = [identity];
  const accounts = createAccounts(store);
  const passwords = createPasswords(CHEAP);

  return {
    url,
    store,
    folder,
    log,
    identity,
    addReplica: async (more) => {
      const replica = await open(more);
      replicas.push(replica);
      return replica;
    },
    restart: async (more) => {
      await Promise.all(replicas.map((replica) => replica.close()));
      const replica = await open(more);
      replicas = [replica];
      return replica;
    },
    addAccount: async (login, password, facts = {}) => {
      const passwordHash = await passwords.hash(password);
      await accounts.add({ login, name: login, tier: 'free', roles: [], passwordHash, ...facts });
      const all = await accounts.list();
      return all.find((account) => account.login === login)?.id ?? '';
    },
  };
};

export interface App {
  readonly configuration: client.Configuration;
  /** What the browser is to open, and what comes of the code. */
  begin(parameters?: Readonly<Record<string, string>>): Promise<SignInAttempt>;
}

export interface SignInAttempt {
  readonly address: URL;
  exchange(arrived: URL): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>;
}

export const openApp = async (issuer: Pick<Issuer, 'url'>): Promise<App> => {
  const configuration = await client.discovery(
    new URL(`${issuer.url}/identity`),
    'riffle-desktop',
    undefined,
    client.None(),
    { execute: [client.allowInsecureRequests] },
  );
  return {
    configuration,
    begin: async (parameters = {}) => {
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const expectedState = client.randomState();
      const expectedNonce = client.randomNonce();
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: CALLBACK,
        scope: 'openid offline_access',
        resource: CATALOG_AUDIENCE,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: expectedState,
        nonce: expectedNonce,
        ...parameters,
      });
      return {
        address,
        exchange: (arrived) =>
          client.authorizationCodeGrant(configuration, arrived, {
            pkceCodeVerifier,
            expectedState,
            expectedNonce,
            idTokenExpected: true,
          }),
      };
    },
  };
};

/** The page that a sign-in begins with. */
export const signInPageOf = async (app: App, browser: Browser): Promise<Page> =>
  pageOf(await browser.open((await app.begin()).address));

/** Signs in as people do, and gives the tokens. */
export const signIn = async (app: App, login: string, password: string, browser = createBrowser()) => {
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  return attempt.exchange(appOf(await browser.send(page, { choice: 'sign_in', login, password })));
};

/** What the issuer says to a refresh token: the next one, or why not. */
export const refresh = async (app: App, token: string | undefined): Promise<string> => {
  try {
    return (await client.refreshTokenGrant(app.configuration, token ?? '')).refresh_token ?? 'none';
  } catch (error) {
    if (error instanceof client.ResponseBodyError) return error.error;
    if (error instanceof client.ClientError && error.cause instanceof Response)
      return `status ${error.cause.status}`;
    throw error;
  }
};
