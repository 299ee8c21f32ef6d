/** `npm start` and `npm run dev`: publish, serve, open; Ctrl+C ends all of it. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePrograms } from '../setup.mjs';
import { choosePort, USUAL_PORTS } from './choose-port.ts';
import { buildIfStale } from './build-if-stale.ts';
import { findElectronRuntime } from './electron-runtime.ts';
import { HELP, parseStartOptions, UsageError, type StartOptions } from './options.ts';
import { appFolderOf, publicationOf } from './publication.ts';
import { sentencesAbout } from './published.ts';
import { ChildFailure, createProcesses, type Processes } from './processes.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const CATALOG_CLI = join(root, 'src/catalog/cli.ts');
const WEB_SHELL_CLI = join(root, 'src/main/shells/web/cli.ts');

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

async function publishAndServe(processes: Processes, options: StartOptions): Promise<string> {
  const { store, libraryFolder, libraryName, isDemo } = publicationOf(options, root);
  const storeArguments = [
    '--store',
    store,
    ...(options.endpoint === null ? [] : ['--endpoint', options.endpoint]),
    ...(options.region === null ? [] : ['--region', options.region]),
  ];
  if (libraryFolder !== null) {
    const report = await processes.run('publishing', process.execPath, [
      CATALOG_CLI,
      'publish',
      libraryFolder,
      '--name',
      libraryName,
      ...storeArguments,
      '--prune',
      '--json',
    ]);
    for (const sentence of sentencesAbout(report)) say(sentence);
  }
  if (isDemo) {
    const demoAds = join(root, 'assets/demo-ads');
    await processes.run('publishing', process.execPath, [
      CATALOG_CLI,
      'ads',
      'publish',
      demoAds,
      ...storeArguments,
      '--json',
    ]);
  }
  const ready = await processes.startServer('the catalog service', [
    CATALOG_CLI,
    'serve',
    ...storeArguments,
    '--port',
    String(await choosePort(options.servicePort, USUAL_PORTS.service)),
    '--index',
    join(options.data, 'index', libraryName),
    ...(isDemo ? ['--sign-in', 'own', '--demo-listeners', '--name', 'Riffle demo'] : []),
    '--log-level',
    'warn',
    '--json',
  ]);
  return String(ready['url']);
}

const SERVICE_ANSWERS_WITHIN_MS = 5_000;

/** A service that is away for a moment is no reason not to open: the app says so itself, and asks again. */
async function warnIfSilent(service: string): Promise<void> {
  try {
    const signal = AbortSignal.timeout(SERVICE_ANSWERS_WITHIN_MS);
    const answer = await fetch(`${service}/v1/service`, { signal });
    if (!answer.ok)
      say(`${service} answers, but not as a catalog service of Riffle does (status ${answer.status}).`);
  } catch {
    say(`The service at ${service} does not answer. The app opens all the same and goes on asking.`);
  }
}

async function openWebShell(processes: Processes, options: StartOptions, service: string): Promise<void> {
  const ready = await processes.startServer('the app', [
    WEB_SHELL_CLI,
    '--service',
    service,
    '--data',
    appFolderOf(options, root),
    '--port',
    String(await choosePort(options.port, USUAL_PORTS.app)),
    options.open ? '--open' : '--no-open',
    ...(options.dev ? ['--dev'] : ['--assets', join(root, 'dist/app/renderer')]),
    '--json',
  ]);
  process.stdout.write(`Riffle is ready: ${String(ready['url'])} (Ctrl+C ends it)\n`);
}

async function start(processes: Processes, options: StartOptions): Promise<void> {
  if (options.server === null) {
    // Where there is none, the publisher says what is missing for it.
    ensurePrograms({ ffmpeg: 'ffmpeg' });
  }
  if (!options.dev) buildIfStale(root);
  const service = options.server ?? (await publishAndServe(processes, options));
  if (options.server !== null) await warnIfSilent(options.server);

  if (options.shell !== 'web' && options.open && !options.dev) {
    const runtime = findElectronRuntime(root, true);
    if (runtime.kind === 'available') {
      processes.startWindow('Riffle', runtime.executable, [root, `--service=${service}`]);
      process.stdout.write(`Riffle is open in Electron on ${service} (Ctrl+C ends it)\n`);
      return;
    }
    if (options.shell === 'electron') throw new UsageError(`Electron cannot be opened: ${runtime.reason}.`);
    say(`Electron cannot be opened here (${runtime.reason}): opening the web shell.`);
  }
  if (options.open && options.shell !== 'electron') ensurePrograms({ chromium: 'chromium' });
  await openWebShell(processes, options, service);
}

async function main(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2), root);
  if (options === null) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const processes = createProcesses(root);
  const interrupted = new Promise<'interrupted'>((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => settle('interrupted'));
  });
  try {
    const outcome = await Promise.race([start(processes, options), interrupted]);
    if (outcome === 'interrupted') return 130;
    const end = await Promise.race([processes.ended, interrupted]);
    if (end === 'interrupted') return 0;
    // A window that was closed is the ordinary end; anything else that goes takes all with it.
    if (end.name === 'Riffle' && end.code === 0) return 0;
    say(`${end.name} ended unexpectedly (exit code ${end.code}); everything else is stopped too.`);
    return 1;
  } finally {
    await processes.stopAll();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) {
    say(`${error.message}\nnpm start -- --help tells what there is.`);
    process.exitCode = 2;
  } else if (error instanceof ChildFailure) {
    process.exitCode = error.exitCode;
  } else {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
