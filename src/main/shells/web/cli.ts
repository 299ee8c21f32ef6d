#!/usr/bin/env node
/** Riffle in a browser: host and window on loopback. Standard output says when it is ready; standard error has the log. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { appPlatform, hasNetworkInterface } from '../../app-basics.ts';
import { listFiles } from '../../assets/asset-list.ts';
import { createAssets } from '../../assets/serve-assets.ts';
import { createHost } from '../../host.ts';
import { createFetch, type OutgoingHttp } from '../../network/edge-fetch.ts';
import { runMeteredCommand } from '../../network/metered-command.ts';
import { createMeteredProbe } from '../../network/metered.ts';
import { createProxyRouter } from '../../network/proxy-router.ts';
import { platformFolders } from '../../platform-folders.ts';
import { systemClock } from '../../ports.ts';
import { createReportingLog, openCrashReports } from '../../reports/open-crash-reports.ts';
import { watchMainProcess } from '../../reports/watch-main-process.ts';
import { createFileSecrets } from '../../secrets/file-secrets.ts';
import { systemErrorCode } from '../../storage/storage-error.ts';
import { CliProblem, readCliOptions, USAGE, type CliOptions } from './cli-options.ts';
import { createDevServer } from './dev-server.ts';
import { openInBrowser, openInFileManager } from './open-browser.ts';
import { NO_ABILITIES } from '../../system/system.ts';
import { createWebShell, type WebShellOptions } from './web-shell.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../../..');
const reporting = createReportingLog(process.stderr);
const { log } = reporting;
/** Time to close what is open after something went wrong that nobody caught. */
const LEAVE_WITHIN_MS = 5_000;

interface AssetsSource {
  readonly assets: WebShellOptions['assets'];
  close(): Promise<void>;
}

const openAssets = async ({ dev, assetsFolder }: CliOptions): Promise<AssetsSource> => {
  if (dev) {
    const server = await createDevServer(REPOSITORY);
    return { assets: server, close: () => server.close() };
  }
  const folder = resolve(assetsFolder);
  if (!existsSync(join(folder, 'index.html'))) {
    throw new CliProblem(
      `There is no built window in ${folder}.`,
      'Run "npm run build" first, or name its folder with --assets.',
    );
  }
  const files = await listFiles(folder);
  return { assets: createAssets({ folder, files, shell: 'web' }), close: async () => undefined };
};

const listen = async (shell: WebShellOptions) => {
  try {
    return await createWebShell(shell);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EADDRINUSE') {
      throw new CliProblem(
        `Port ${shell.port} is taken by another program.`,
        'Give another --port, or 0 for a free one.',
      );
    }
    if (code === 'EACCES') {
      throw new CliProblem(`Port ${shell.port} may not be used.`, 'Ports below 1024 need special rights.');
    }
    throw error;
  }
};

const version = async (): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isNamed ? String(manifest.version) : '0.0.0';
};

const run = async (options: CliOptions): Promise<void> => {
  const folders = platformFolders(process.platform, process.env, homedir());
  const dataFolder = resolve(options.dataFolder ?? folders.data);
  const cacheFolder = resolve(
    options.cacheFolder ?? (options.dataFolder === null ? folders.cache : join(dataFolder, 'cache')),
  );
  const appVersion = await version();
  const crashes = openCrashReports({
    dataFolder,
    cacheFolder,
    appFolder: REPOSITORY,
    version: appVersion,
    shell: 'web',
    reporting,
    nowMs: Date.now,
  });
  let leave = (): void => process.exit(1);
  watchMainProcess({ process, reports: crashes, log, end: () => leave() });
  const { assets, close: closeAssets } = await openAssets(options);
  const platform = appPlatform(process.platform);
  const proxies = createProxyRouter({ environment: process.env, onChange: () => outgoing.renew() });
  const outgoing: OutgoingHttp = createFetch({ routeOf: proxies.routeOf });
  const host = await createHost({
    serviceUrl: options.serviceUrl,
    dataFolder,
    cacheFolder,
    app: {
      version: appVersion,
      platform,
      locale: Intl.DateTimeFormat().resolvedOptions().locale,
      shell: 'web',
    },
    fetch: outgoing.fetch,
    clock: systemClock,
    openExternal: openInBrowser,
    // The window is in a browser already, and opens it there.
    openBrowser: null,
    isOnline: hasNetworkInterface,
    secrets: createFileSecrets({ folder: join(dataFolder, 'secrets'), log }),
    isMetered: createMeteredProbe({ platform, run: runMeteredCommand, clock: systemClock }),
    openFolder: openInFileManager,
    useProxy: proxies.use,
    abilities: { ...NO_ABILITIES, proxy: true },
    crashes,
    log,
  });
  const closeHost = async (): Promise<void> => {
    await Promise.all([host.close(), closeAssets()]);
    await outgoing.close();
  };
  const token = randomBytes(24).toString('base64url');
  const shell = await listen({ host, assets, port: options.port, token, log }).catch(
    async (error: unknown) => {
      await closeHost();
      throw error;
    },
  );

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    shell
      .close()
      .then(closeHost)
      .catch((error: unknown) => {
        log.error('did not stop cleanly', { error });
        process.exitCode = 1;
      });
  };
  leave = () => {
    process.exitCode = 1;
    setTimeout(() => process.exit(1), LEAVE_WITHIN_MS).unref();
    stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Started by `npm start` or a test: when that is gone, however it went, nobody is left to stop this.
  process.once('disconnect', stop);
  process.channel?.unref();

  const ready = options.json
    ? JSON.stringify({ ready: true, url: shell.startUrl })
    : `Riffle is ready: ${shell.startUrl}`;
  process.stdout.write(`${ready}\n`);
  if (options.open) {
    await openInBrowser(shell.startUrl).catch((error: unknown) => {
      log.warn('the browser could not be opened; open the address yourself', { error });
    });
  }
};

try {
  const options = readCliOptions(process.argv.slice(2), process.env);
  if (options === null) process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  if (!(error instanceof CliProblem)) throw error;
  process.stderr.write(`${error.message}\n${error.hint}\n`);
  process.exitCode = 2;
}
