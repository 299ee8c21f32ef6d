import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { entitlementOf } from '../../core/entitlement/entitlement.ts';
import type { Me } from '../../contract/account-http.ts';
import type { ServiceInfo } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { isNameTyped, type Session, type SessionSnapshot } from '../../contract/session.ts';
import { createAccountDeletion } from '../account-data/account-deletion.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { accountOf } from '../track-cache/audio-key.ts';
import {
  accountBookSchema,
  accountOfBook,
  inOrder,
  openAccountBook,
  type KnownAccount,
} from './account-book.ts';
import { createAccountWatch } from './account-watch.ts';
import { createAdmission } from './admission.ts';
import { createCurrentAccount } from './current-account.ts';
import { createIssuerDirectory, issuerBookSchema } from './issuer-directory.ts';
import { createIssuerFetch } from './issuer-fetch.ts';
import { createIssuers } from './issuer.ts';
import { serviceAddress } from './service-address.ts';
import { checkedServiceAddress, createServiceDoor } from './service-preview.ts';
import type { SessionOptions, SessionService, Tokens } from './session-contract.ts';
import { createSignInProcess, type SignInRequest } from './sign-in.ts';
import { createSignOut } from './sign-out.ts';
import { createTokenKeepers } from './token-keepers.ts';
import { createTokenStore } from './token-store.ts';

/** What tests choose. */
export interface SessionChoices {
  /** The port to come back to from the browser; any that is free by default. */
  readonly choosePort?: () => number;
  /** How long an issuer may take to answer. */
  readonly issuerAnswerSeconds?: number;
}

/** The subject of everybody, with a service that has no sign-in. */
const EVERYBODY: Me = {
  id: 'listener',
  name: null,
  tier: 'premium',
  roles: [],
  entitlement: entitlementOf('premium'),
  upgradeUrl: null,
};

/** Who opens the app does not wait longer than this for a service that has never been connected to. */
const START_MS = 2_000;

/** Rejects with `storage_failed` when the accounts of this computer cannot be read now. */
export const createSession = async (options: SessionOptions & SessionChoices): Promise<SessionService> => {
  const { dataFolder, secrets, clock, log, use } = options;
  const closing = new AbortController();
  const ended = closing.signal;
  const offeredServiceUrl =
    options.offeredServiceUrl === null ? null : serviceAddress(options.offeredServiceUrl);
  if (options.offeredServiceUrl !== null && offeredServiceUrl === null) {
    log.warn('the service that was named has no valid address');
  }

  const document = <Value>(name: string, schema: Parameters<typeof createJsonDocument<Value>>[0]['schema']) =>
    createJsonDocument({ path: join(dataFolder, name), schema, log });
  const book = await openAccountBook({ document: document('accounts.json', accountBookSchema), log });
  const store = createTokenStore({ secrets, log });
  const directory = createIssuerDirectory({
    document: document('issuers.json', issuerBookSchema),
    fetch: createIssuerFetch({ ...options, ended }),
    clock,
    closing: ended,
    log,
  });
  const issuers = createIssuers({
    ...options,
    directory,
    ...(options.issuerAnswerSeconds === undefined ? {} : { answerSeconds: options.issuerAnswerSeconds }),
  });
  const door = createServiceDoor({ ...options, closing: ended });
  const deletion = createAccountDeletion({ ...options, closing: ended });

  let isDecided = false;
  /** Of services without sign-in that now want one. */
  const wantsSignIn = new Set<string>();
  /** Whoever changes which account is current does it alone. */
  const inTurn = pLimit(1);

  const current = createCurrentAccount({ use });
  const onState = (): void => {
    tell();
    // Who we are may have waited for a token.
    watch.serviceReached();
  };
  const keepers = createTokenKeepers({ store, issuers, clock, log, onState });
  const tokensOf = (account: Pick<KnownAccount, 'id' | 'isPersonal' | 'serviceUrl'>): Tokens =>
    keepers.of(account);
  const watch = createAccountWatch({
    book,
    door,
    tokens: tokensOf,
    clock,
    log,
    onChange: () => tell(),
    onSignInWanted(accountId) {
      wantsSignIn.add(accountId);
      tell();
    },
  });
  const signOut = createSignOut({ book, store, issuers, erase: options.erase, closing: ended, log });
  const admission = createAdmission({
    book,
    store,
    keepers,
    door,
    current,
    signOut,
    erase: options.erase,
    clock,
    log,
  });

  const sessionNow = (): Session => {
    const id = current.id();
    const known = id === null ? null : book.find(id);
    if (known === null) return { state: isDecided ? 'signed_out' : 'starting' };
    const account = accountOfBook(known);
    if (wantsSignIn.has(account.id)) return { state: 'sign_in_again', account };
    const tokens = keepers.state(account);
    switch (tokens.state) {
      case 'fine':
        return { state: 'signed_in', account };
      case 'unrenewed':
        return { state: 'unrenewed', account, since: tokens.since };
      case 'sign_in_again':
        return { state: 'sign_in_again', account };
    }
  };

  const snapshot = (): SessionSnapshot => ({
    session: sessionNow(),
    signIn: signIn.step(),
    accounts: inOrder(book.get().accounts),
    offeredServiceUrl,
    keepsSignIn: secrets.persistence,
  });

  let told: SessionSnapshot | null = null;
  const tell = (): void => {
    if (ended.aborted) return;
    const now = snapshot();
    if (isDeepStrictEqual(now, told)) return;
    told = now;
    options.onChange(now);
  };

  /** Everybody's account with a service that has no sign-in. */
  const connect = async (serviceUrl: string, info: ServiceInfo): Promise<void> => {
    const id = accountOf(serviceUrl, EVERYBODY.id);
    const account: KnownAccount = {
      ...(book.find(id) ?? { id, serviceUrl, me: EVERYBODY, isPersonal: false, loginHint: null }),
      serviceName: info.name,
    };
    await admission.connect(account);
    wantsSignIn.delete(id);
    isDecided = true;
    tell();
    watch.askSoon(id);
  };

  const signIn = createSignInProcess({
    door,
    issuers,
    clock,
    log,
    closing: ended,
    openBrowser: options.openBrowser,
    ...(options.choosePort === undefined ? {} : { choosePort: options.choosePort }),
    manners({ serviceUrl, accountId }: SignInRequest) {
      const known = accountId === undefined ? null : book.find(accountId);
      return {
        isAdding:
          accountId === undefined &&
          book.get().accounts.some((account) => account.isPersonal && account.serviceUrl === serviceUrl),
        loginHint: known?.loginHint ?? known?.me.name ?? null,
      };
    },
    connect: (serviceUrl, info) => inTurn(() => connect(serviceUrl, info)),
    admit: (arrival) =>
      inTurn(async () => {
        const account = await admission.admit(arrival);
        isDecided = true;
        tell();
        watch.askSoon(account.id);
      }),
    onStep: () => tell(),
  });

  const known = (accountId: string): KnownAccount => {
    const account = book.find(accountId);
    if (account === null) throw new HostFailure('not_found', 'there is no such account on this computer');
    return account;
  };

  /** Everything of it goes from this computer. */
  const leave = async (account: KnownAccount): Promise<void> => {
    await signOut.note(account);
    keepers.forget(account.id);
    wantsSignIn.delete(account.id);
    try {
      if (current.id() === account.id) await current.take(null);
    } finally {
      tell();
    }
    await signOut.finish(account);
  };

  const takeUpAgain = (account: KnownAccount): Promise<void> =>
    inTurn(async () => {
      try {
        await current.take(account);
        watch.askSoon(account.id);
      } catch (error) {
        // It stays among the accounts, and can be taken up again from the welcome page.
        log.error('the account of last time could not be opened', { account: account.id, error });
      }
    });

  const connectToOffered = async (): Promise<void> => {
    if (offeredServiceUrl === null || current.id() !== null) return;
    try {
      const info = await door.info(offeredServiceUrl);
      if ((info.signIn ?? null) !== null) return;
      await inTurn(async () => {
        // Somebody may have chosen another service meanwhile.
        if (current.id() === null) await connect(offeredServiceUrl, info);
      });
    } catch (error) {
      log.info('the service that was named is not connected to', { error });
    }
  };

  const decide = async (): Promise<void> => {
    const { currentId } = book.get();
    const last = currentId === null ? null : book.find(currentId);
    await (last === null ? connectToOffered() : takeUpAgain(last));
    isDecided = true;
    tell();
  };

  return {
    snapshot,
    tokens: tokensOf,
    tierSeen: (accountId, tier) => watch.tierSeen(accountId, tier),
    serviceReached() {
      keepers.reached();
      watch.serviceReached();
    },

    async start() {
      const decided = decide();
      void decided.then(() => inTurn(() => signOut.finishAll()));
      const isReady = new AbortController();
      const patience = clock.wait(START_MS, AbortSignal.any([isReady.signal, ended]));
      // It is the service that is not waited for; what is on this computer is.
      const isKnown = book.get().currentId !== null;
      await (isKnown ? decided : Promise.race([decided, patience.catch(() => undefined)]));
      isReady.abort();
      patience.catch(() => undefined);
    },

    async close() {
      closing.abort();
      await keepers.close();
      await signIn.settled();
      await inTurn(async () => undefined);
      await watch.settled();
    },

    api: {
      get: async () => snapshot(),
      inspect: ({ address }) => door.preview(address),

      async signIn({ serviceUrl, via, accountId }) {
        await signIn.begin({ serviceUrl: checkedServiceAddress(serviceUrl), via, accountId });
        return snapshot();
      },

      async cancelSignIn() {
        signIn.cancel();
        return snapshot();
      },

      async switchTo({ accountId }) {
        await inTurn(async () => {
          const account = known(accountId);
          if (current.id() === account.id) return;
          try {
            await current.take(account);
            await book.change((pages) => ({ ...pages, currentId: account.id }));
          } finally {
            tell();
          }
          watch.askSoon(account.id);
        });
        return snapshot();
      },

      async signOut({ accountId }) {
        await inTurn(() => leave(known(accountId)));
        return snapshot();
      },

      async issuerElsewhere({ accountId }) {
        const account = known(accountId);
        return deletion.issuerElsewhere(account.serviceUrl, await store.read(account.id));
      },

      async deleteAccount({ accountId, confirm }) {
        await inTurn(async () => {
          const account = known(accountId);
          if (!account.isPersonal || !isNameTyped(accountOfBook(account), confirm))
            throw new HostFailure('invalid_argument', 'what confirms it is not the name of the account');
          await deletion.atService(account, tokensOf(account));
          await leave(account);
        });
        return snapshot();
      },

      async refresh() {
        const id = current.id();
        if (id === null) throw new HostFailure('sign_in_required', 'nobody is signed in');
        await keepers.renew(known(id));
        await watch.ask(id);
        return snapshot();
      },
    },
  };
};
