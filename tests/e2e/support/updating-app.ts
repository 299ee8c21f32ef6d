/**
 * The web shell as a program of its own, but with updates, which the real one has not: a real feed, a real electron-updater, an AppImage
 * in a folder that is replaced. What it is started with comes as JSON; standard output says when it is ready.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { listFiles } from '../../../src/main/assets/asset-list.ts';
import { createAssets } from '../../../src/main/assets/serve-assets.ts';
import { createHost } from '../../../src/main/host.ts';
import { createFetch } from '../../../src/main/network/edge-fetch.ts';
import { systemClock } from '../../../src/main/ports.ts';
import { createReportingLog, openCrashReports } from '../../../src/main/reports/open-crash-reports.ts';
import { createMemorySecrets } from '../../../src/main/secrets/memory-secrets.ts';
import { createWebShell } from '../../../src/main/shells/web/web-shell.ts';
import { createFeed, parsePinnedKeys } from '../../../src/main/update/pinned-keys.ts';
import { beginInstallation, createUpdater } from '../../update/world/installation.ts';

const repository = join(import.meta.dirname, '../../..');
const options = z
  .object({
    serviceUrl: z.string(),
    root: z.string(),
    feedUrl: z.string(),
    keys: z.string(),
    version: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const installation = { ...options, kind: 'appimage' } as const;
const folders = { dataFolder: join(options.root, 'data'), cacheFolder: join(options.root, 'cache') };

const reporting = createReportingLog(process.stderr);
const { start, install } = await beginInstallation(installation);
const outgoing = createFetch({});
const host = await createHost({
  ...folders,
  serviceUrl: options.serviceUrl,
  app: { version: options.version, platform: 'linux', locale: 'en', shell: 'web' },
  fetch: outgoing.fetch,
  clock: systemClock,
  openExternal: async () => undefined,
  openBrowser: null,
  isOnline: () => true,
  isMetered: async () => null,
  openFolder: async () => undefined,
  secrets: createMemorySecrets(),
  updates: {
    feed: createFeed(options.feedUrl, parsePinnedKeys(options.keys)),
    updater: await createUpdater(installation),
    install,
    start,
  },
  crashes: openCrashReports({
    ...folders,
    appFolder: repository,
    version: options.version,
    shell: 'web',
    reporting,
    nowMs: Date.now,
  }),
  log: reporting.log,
});
const folder = join(repository, 'dist/app/renderer');
const shell = await createWebShell({
  host,
  assets: createAssets({ folder, files: await listFiles(folder), shell: 'web' }),
  port: 0,
  token: randomBytes(24).toString('base64url'),
  log: reporting.log,
});
const stop = (): void => {
  shell
    .close()
    .then(() => host.close())
    .then(() => outgoing.close())
    .catch((error: unknown) => {
      reporting.log.error('did not stop cleanly', { error });
      process.exitCode = 1;
    });
};
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.channel?.unref();
process.stdout.write(`${JSON.stringify({ ready: true, url: shell.startUrl })}\n`);
