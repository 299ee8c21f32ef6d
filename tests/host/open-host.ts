import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createHost, type Host } from '../../src/main/host.ts';
import type { HostPorts, Log } from '../../src/main/ports.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { recordLog, type RecordedLog } from './silent-log.ts';
import { createCrashReports, type CrashReports } from '../../src/main/reports/crash-reports.ts';
import { steadyClock } from './steady-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './track-cache-fixture.ts';

export interface OpenedHost {
  readonly host: Host;
  readonly folder: string;
  readonly log: RecordedLog;
  /** What was handed to the system to open. */
  readonly opened: readonly string[];
}

/** As a shell opens them, over a folder of their own. */
export const crashesOf = (dataFolder: string, log: Log, lines: readonly string[] = []): CrashReports =>
  createCrashReports({
    folder: join(dataFolder, 'reports'),
    app: {
      version: '1.2.3',
      shell: 'web',
      platform: 'linux',
      arch: 'x64',
      system: '6.1',
      runtime: { node: '24.0.0' },
    },
    privateFacts: { folders: [{ path: dataFolder, name: 'data' }], words: ['lene'] },
    lines: () => lines,
    nowMs: () => Date.now(),
    log,
  });

/** A host waits two seconds for a service that it has never been connected to, which a busy machine may need for less. */
export const decided = (host: Host): Promise<void> =>
  until('it is decided who listens', () => host.snapshot().session.session.state !== 'starting');

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
    clock: steadyClock,
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
    crashes: crashesOf(join(folder, 'data'), log),
    log,
    ...changes,
  });
  onTestFinished(() => host.close());
  await decided(host);
  return { host, folder, log, opened };
};
