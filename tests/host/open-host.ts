import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createHost, type Host } from '../../src/main/host.ts';
import { systemClock, type HostPorts } from '../../src/main/ports.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { recordLog, type RecordedLog } from './silent-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface OpenedHost {
  readonly host: Host;
  readonly folder: string;
  readonly log: RecordedLog;
  /** What was handed to the system to open. */
  readonly opened: readonly string[];
}

/** A host over a folder of its own, closed when the test ends. */
export const openHost = async (serviceUrl: string, changes: Partial<HostPorts> = {}): Promise<OpenedHost> => {
  const folder = await temporaryFolder();
  const log = recordLog();
  const opened: string[] = [];
  const host = await createHost({
    serviceUrl,
    dataFolder: join(folder, 'data'),
    cacheFolder: join(folder, 'cache'),
    app: { version: '1.2.3', platform: 'linux', locale: 'de-AT', shell: 'web' },
    fetch: globalThis.fetch,
    clock: systemClock,
    openExternal: async (url) => {
      opened.push(url);
    },
    openBrowser: null,
    isOnline: () => true,
    isMetered: async () => null,
    openFolder: async (path) => {
      opened.push(path);
    },
    secrets: createMemorySecrets(),
    log,
    ...changes,
  });
  onTestFinished(() => host.close());
  return { host, folder, log, opened };
};
