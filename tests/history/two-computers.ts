/** Two computers of one listener, each the app's own host, and the real service with an account. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAccounts } from '../../src/catalog/identity/accounts.ts';
import { createPasswords } from '../../src/catalog/identity/password-hash.ts';
import { trackSchema, type Track } from '../../src/contract/catalog-http.ts';
import type { HistoryEntry } from '../../src/contract/history.ts';
import type { SecretStore } from '../../src/main/ports.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { trackRecord } from '../builders/catalog-records.ts';
import { openServiceHome, type RunningService } from '../builders/catalog-service.ts';
import { openHost, type OpenedHost } from '../host/open-host.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { appOf, createBrowser, pageOf } from '../identity/browser.ts';
import { addressOf } from '../session/sign-in-as.ts';

const CHEAP = { memoryKib: 64, passes: 1 };
const PASSWORD = 'kies bett delta';
/** What the service has in its catalog. */
export const TITLES = ['Kiesbett', 'Delta', 'Mündung', 'Quelle'] as const;
const idOfTitle = (title: string): string => trackRecord(title).id;
export type Title = (typeof TITLES)[number];

export interface Computer {
  readonly opened: OpenedHost;
  readonly folder: string;
  answerOf(method: string, argument?: unknown): Promise<unknown>;
  play(
    title: Title,
    play?: { readonly id: string; readonly agoMs: number; readonly heardMs: number },
  ): Promise<void>;
  /** Newest first. */
  history(find?: string): Promise<readonly HistoryEntry[]>;
  titles(find?: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface TwoComputers {
  readonly one: Computer;
  readonly other: Computer;
  /** The first again, after it was closed. */
  again(computer: Computer): Promise<Computer>;
  stopService(): Promise<void>;
  startService(): Promise<void>;
}

export const openTwoComputers = async (): Promise<TwoComputers> => {
  const home = await openServiceHome();
  onTestFinished(() => home.close());
  await home.publish(TITLES.map((title) => trackRecord(title)));
  const passwordHash = await createPasswords(CHEAP).hash(PASSWORD);
  await createAccounts(home.store).add({
    login: 'lene',
    name: 'Lene',
    tier: 'free',
    roles: [],
    passwordHash,
  });
  const start = (port?: number): Promise<RunningService> =>
    home.start({
      signIn: { mode: { kind: 'own', demo: false, passwordCost: CHEAP } },
      ...(port === undefined ? {} : { port }),
    });
  let service = await start();
  const { url } = service;

  const tracks = new Map<string, Track>();
  const open = async (folder: string, secrets: SecretStore, isNew: boolean): Promise<Computer> => {
    const opened = await openHost(url, {
      secrets,
      dataFolder: join(folder, 'data'),
      cacheFolder: join(folder, 'cache'),
    });
    const answerOf = async (method: string, argument: unknown = null): Promise<unknown> => {
      const reply = await opened.host.call(method, argument);
      if (!reply.ok) throw new Error(`${method}: ${reply.error.code} ${reply.error.message}`);
      return reply.value;
    };
    if (isNew) {
      await answerOf('session.signIn', { serviceUrl: url, via: 'browser' });
      const address = new URL(addressOf(opened.host.snapshot().session.signIn));
      const browser = createBrowser('en', address.searchParams.get('redirect_uri') ?? '');
      const page = pageOf(await browser.open(address));
      await fetch(appOf(await browser.send(page, { choice: 'sign_in', login: 'lene', password: PASSWORD })));
    }
    // Only one of them has seen these before.
    if (tracks.size === 0)
      for (const title of TITLES)
        tracks.set(title, trackSchema.parse(await answerOf('catalog.track', { id: idOfTitle(title) })));
    // What is asked for here is what the contract says.
    const history = async (find = ''): Promise<readonly HistoryEntry[]> =>
      (await answerOf('history.page', { find, offset: 0, limit: 200 })) as readonly HistoryEntry[];
    computers.set(opened, secrets);
    return {
      opened,
      folder,
      answerOf,
      history,
      titles: async (find) => (await history(find)).map(({ track }) => track.title),
      async play(title, play) {
        await answerOf('history.record', {
          track: tracks.get(title),
          ...(play === undefined ? {} : { play }),
        });
      },
      close: () => opened.host.close(),
    };
  };
  const computers = new Map<OpenedHost, SecretStore>();
  return {
    one: await open(await temporaryFolder(), createMemorySecrets(), true),
    other: await open(await temporaryFolder(), createMemorySecrets(), true),
    async again(computer) {
      await computer.close();
      return open(computer.folder, computers.get(computer.opened) ?? createMemorySecrets(), false);
    },
    stopService: () => service.close(),
    async startService() {
      service = await start(Number(new URL(url).port));
    },
  };
};
