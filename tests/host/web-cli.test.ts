import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServiceStandIn } from './service-stand-in.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './track-cache-fixture.ts';

const CLI = join(import.meta.dirname, '../../src/main/shells/web/cli.ts');

interface Running {
  readonly child: ChildProcess;
  readonly output: () => { readonly out: string; readonly error: string };
  readonly exit: Promise<number | null>;
}

const runCli = (...given: readonly string[]): Running => runNode([], ...given);

/** `node` goes before the program. */
const runNode = (node: readonly string[], ...given: readonly string[]): Running => {
  const { RIFFLE_SERVICE_URL: _unset, ...env } = process.env;
  const child = spawn(process.execPath, [...node, CLI, ...given], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    error += String(chunk);
  });
  // Not at its exit: what it said last may still be in the pipe then.
  const exit = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, output: () => ({ out, error }), exit };
};

const builtWindow = async (): Promise<string> => {
  const folder = join(await temporaryFolder(), 'renderer');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), '<title>Riffle</title>');
  return folder;
};

describe('riffle in a browser, from the command line', () => {
  it('says where it is in one JSON line, serves, and stops when told to, leaving nothing running', async () => {
    const service = await startServiceStandIn();
    onTestFinished(() => service.close());
    const data = await temporaryFolder();
    const { child, output, exit } = runCli(
      '--service',
      service.url,
      '--data',
      data,
      '--assets',
      await builtWindow(),
      '--no-open',
      '--json',
    );
    await until('it is ready', () => output().out.includes('\n'));
    const ready = JSON.parse(output().out) as { ready: boolean; url: string };
    expect(ready.ready).toBe(true);
    expect(ready.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=.{20,}$/);

    const admitted = await fetch(ready.url, { redirect: 'manual' });
    const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { origin } = new URL(ready.url);
    expect(await (await fetch(`${origin}/`, { headers: { cookie } })).text()).toContain('Riffle');
    const events = await fetch(`${origin}/host/events`, { headers: { cookie } });

    child.kill('SIGTERM');

    expect(await exit).toBe(0);
    await events.body?.cancel().catch(() => undefined);
  });

  it('says in one sentence that the port is taken, and what to do', async () => {
    const squatter = createServer();
    squatter.listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    onTestFinished(() => {
      squatter.close();
    });
    const { port } = squatter.address() as AddressInfo;
    const { output, exit } = runCli(
      '--service',
      'http://127.0.0.1:9',
      '--data',
      await temporaryFolder(),
      '--assets',
      await builtWindow(),
      '--port',
      String(port),
      '--no-open',
    );

    expect(await exit).toBe(2);

    expect(output().error).toContain(
      `Port ${port} is taken by another program.\nGive another --port, or 0 for a free one.\n`,
    );
    expect(output().out).toBe('');
  });

  it.each([
    [['--service', 'ftp://x'], '"ftp://x" is not the address of a service.'],
    [['--service', 'http://x', '--port', '99999'], '"99999" is not a port.'],
    [
      ['--service', 'http://x', '--assets', '/nowhere/at/all'],
      'There is no built window in /nowhere/at/all.',
    ],
    [['--frobnicate'], "Unknown option '--frobnicate'"],
  ])('says what is wrong with %j', async (given, sentence) => {
    const { output, exit } = runCli(...given);

    expect(await exit).toBe(2);
    expect(output().error).toContain(sentence);
  });

  // Windows has none of these signals.
  it.skipIf(process.platform === 'win32')(
    'goes on after a promise nobody looked after, ends after an exception nobody caught, and writes both down',
    async () => {
      const service = await startServiceStandIn();
      onTestFinished(() => service.close());
      const data = await temporaryFolder();
      const failing = `
        process.on('SIGUSR2', () => void Promise.reject(new Error('forgotten')));
        process.on('SIGHUP', () => { throw new Error("cannot open '/srv/Lene/Song.flac'"); });`;
      const { child, output, exit } = runNode(
        ['--import', `data:text/javascript,${encodeURIComponent(failing)}`],
        '--service',
        service.url,
        '--data',
        data,
        '--assets',
        await builtWindow(),
        '--no-open',
        '--json',
      );
      const reports = async () => {
        const names = await readdir(join(data, 'reports')).catch(() => []);
        return names.filter((name) => name.endsWith('.json'));
      };
      await until('it is ready', () => output().out.includes('\n'));
      child.kill('SIGUSR2');
      await until('it is written down', async () => (await reports()).length === 1);
      expect(child.exitCode).toBeNull();

      child.kill('SIGHUP');
      expect(await exit).toBe(1);
      const texts = await Promise.all(
        (await reports()).map((name) => readFile(join(data, 'reports', name), 'utf8')),
      );
      expect(texts).toHaveLength(2);
      const ended = texts.find((text) => text.includes('main_exception')) ?? '';
      expect(ended).toContain("cannot open '<path>'");
      expect(ended).toContain('a promise failed that nobody looked after');
      expect(ended).not.toContain('Song.flac');
      expect(service.asked.filter((path) => path.includes('report'))).toEqual([]);
    },
  );
});
