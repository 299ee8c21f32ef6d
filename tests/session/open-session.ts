import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Account, SessionSnapshot } from '../../src/contract/session.ts';
import { systemClock, type SecretStore } from '../../src/main/ports.ts';
import { createFileSecrets } from '../../src/main/secrets/file-secrets.ts';
import type { SessionOptions, SessionService } from '../../src/main/session/session-contract.ts';
import { createSession, type SessionChoices } from '../../src/main/session/session.ts';
import { recordLog, type RecordedLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

export interface OpenedSession {
  readonly session: SessionService;
  readonly dataFolder: string;
  readonly secretsFolder: string;
  readonly secrets: SecretStore;
  readonly log: RecordedLog;
  /** What `use` was called with, by account id. */
  readonly used: readonly (string | null)[];
  readonly erased: readonly string[];
  /** Every snapshot that was told, oldest first. */
  readonly told: readonly SessionSnapshot[];
}

/** A session over a folder of its own, or of one before, closed when the test ends. */
export const openSession = async (
  changes: Partial<SessionOptions & SessionChoices> & { readonly folder?: string } = {},
): Promise<OpenedSession> => {
  const folder = changes.folder ?? (await temporaryFolder());
  const dataFolder = join(folder, 'data');
  const secretsFolder = join(folder, 'secrets');
  const log = recordLog();
  const secrets = changes.secrets ?? createFileSecrets({ folder: secretsFolder, log });
  const used: (string | null)[] = [];
  const erased: string[] = [];
  const told: SessionSnapshot[] = [];
  const session = await createSession({
    dataFolder,
    fetch: globalThis.fetch,
    clock: systemClock,
    isOnline: () => true,
    log,
    offeredServiceUrl: null,
    openBrowser: null,
    onChange: (snapshot) => told.push(snapshot),
    use: async (account: Account | null) => {
      used.push(account?.id ?? null);
    },
    erase: async ({ id }) => {
      erased.push(id);
    },
    ...changes,
    secrets,
  });
  onTestFinished(() => session.close());
  return { session, dataFolder, secretsFolder, secrets, log, used, erased, told };
};
