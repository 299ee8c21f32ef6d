/** The command as an operator types it: real processes, a real service that counts. */
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { catalogPaths } from '../../src/contract/catalog-http.ts';
import type { UpdateReport } from '../../src/contract/update-http.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { createReleaseCommand } from '../../scripts/release/release-command.ts';
import { ReleaseError } from '../../scripts/release/release-error.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { buildRelease } from './built-release.ts';
import { brokenIn, KEY, manifestIn } from './release-house.ts';

const at = (path: string): string => join(import.meta.dirname, '../..', path);
const COMMAND = at('scripts/release/release.ts');

interface Outcome {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder = '';
let releases = '';
beforeEach(async () => {
  folder = await temporaryFolder();
  releases = join(folder, 'releases');
});

const begin = (
  script: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) => {
  const child = spawn(process.execPath, [script, ...parameters], {
    env: { ...process.env, RIFFLE_RELEASE_KEY: KEY.pem, RIFFLE_UPDATE_KEYS: KEY.pin, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const firstLine = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.includes('\n')) firstLine.resolve(stdout.split('\n')[0] ?? '');
  });
  const ended = new Promise<Outcome>((resolve) =>
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr })),
  );
  return { child, firstLine: firstLine.promise, ended };
};

/** The same in this process, which is quicker: gives what was written, throws what the entry would say. */
const release = async (
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const written: string[] = [];
  await createReleaseCommand({
    openStore,
    environment: { RIFFLE_RELEASE_KEY: KEY.pem, RIFFLE_UPDATE_KEYS: KEY.pin, ...environment },
    write: (text) => written.push(text),
  }).parseAsync(parameters, { from: 'user' });
  return written.join('');
};

describe('npm run release', () => {
  it('makes a key, publishes with it, raises, and says how it stands', async () => {
    const keyFile = join(folder, 'release.pem');
    const made = await release(['keygen', keyFile]);
    const pem = await readFile(keyFile, 'utf8');
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect(made).not.toContain(pem.split('\n')[1]);
    const [pin = ''] = made.split('\n');
    expect(pin).toMatch(/^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/);
    await expect(release(['keygen', keyFile])).rejects.toThrow('is there already');
    expect(await readFile(keyFile, 'utf8')).toBe(pem);

    await buildRelease(join(folder, 'built'), '0.2.0', { platforms: [''] });
    const environment = { RIFFLE_UPDATE_KEYS: pin, RIFFLE_RELEASE_KEY: '' };
    const flags = ['--store', releases, '--key', keyFile];
    expect(await release(['publish', join(folder, 'built'), ...flags], environment)).toContain(
      '0.2.0 is published to stable and beta: 4 files sent, 0 there already.',
    );
    expect(await release(['raise', ...flags], environment)).toMatch(
      /^0\.2\.0 is offered to 20 % of installations \(stable\.riffle\.json, until /,
    );
    const status = await release(['status', '--store', releases, '--counts', releases], environment);
    expect(status).toMatch(
      /^channel +version +offered to +state +since +valid for +started +failed +taken back +verdict\n/,
    );
    expect(status).toMatch(
      /\nstable +0\.2\.0 +20 % +rolling out +[\d :-]{16} +(?:59|60) days +0 +0 +0 +too few\n/,
    );
  });

  it('leaves a whole feed when the system kills it in the middle, and finishes the next time', async () => {
    await buildRelease(join(folder, 'built'), '0.2.0', { platforms: [''] });
    const publish = ['publish', join(folder, 'built'), '--store', releases];
    const killed = await begin(at('tests/release/release-process.ts'), publish, { FAULT: 'SIGKILL:12' })
      .ended;
    expect(killed.signal).toBe('SIGKILL');
    const store = openStore({ location: releases });
    expect([await manifestIn(store), await brokenIn(store)]).toEqual([null, []]);
    await release(publish);
    expect([(await manifestIn(store))?.version, await brokenIn(store)]).toEqual(['0.2.0', []]);
  });

  it('refuses in one sentence, and tells no secret', async () => {
    const open = join(folder, 'open.pem');
    await writeFile(open, KEY.pem);
    await chmod(open, 0o644);
    const broken = KEY.pem.replace('PRIVATE KEY-----\n', 'PRIVATE KEY-----\nAAAA');
    const cases: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
      ['can be read by others', ['raise', '--store', releases, '--key', open], {}],
      ['holds no private key', ['raise', '--store', releases], { RIFFLE_RELEASE_KEY: broken }],
      ['is not set', ['status', '--store', releases], { RIFFLE_UPDATE_KEYS: '' }],
      ['holds no keys', ['status', '--store', releases], { RIFFLE_UPDATE_KEYS: 'one' }],
      ['offers nothing yet', ['raise', '--store', releases], {}],
      ['cannot be read', ['publish', join(folder, 'nowhere'), '--store', releases], {}],
    ];
    const secret = KEY.pem.split('\n')[1] ?? '';
    for (const [sentence, parameters, environment] of cases) {
      const refused = await release(parameters, environment).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ReleaseError);
      expect(String(refused)).toContain(sentence);
      expect(JSON.stringify([refused, String(refused), (refused as ReleaseError).hint])).not.toContain(
        secret,
      );
    }
    const [, [, parameters, environment] = ['', [], {}]] = cases;
    const { exitCode, stdout, stderr } = await begin(COMMAND, parameters, environment).ended;
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(2);
    expect(stderr).not.toContain(secret);
  });

  it('halts by itself when the service counts too many failed starts', async () => {
    const readySchema = z.object({ url: z.url() });
    const catalog = join(folder, 'catalog');
    await openStore({ location: catalog }).check('write');
    const service = begin(at('src/catalog/cli.ts'), [
      'serve',
      '--store',
      catalog,
      '--index',
      join(folder, 'index'),
      '--port',
      '0',
      '--json',
      '--log-level',
      'silent',
    ]);
    await buildRelease(join(folder, 'built'), '0.2.0', { platforms: [''] });
    await release(['publish', join(folder, 'built'), '--store', releases]);

    const { url } = readySchema.parse(JSON.parse(await service.firstLine));
    const report = async (outcome: UpdateReport['outcome'], count: number): Promise<void> => {
      const sent = Array.from({ length: count }, () =>
        fetch(`${url}${catalogPaths.updateReports}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            reportId: randomUUID(),
            version: '0.2.0',
            previousVersion: '0.1.0',
            channel: 'stable',
            platform: 'win32',
            arch: 'x64',
            outcome,
          } satisfies UpdateReport),
        }),
      );
      expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([204]));
    };
    await report('started', 60);
    const watch = begin(COMMAND, [
      'watch',
      '--store',
      releases,
      '--counts',
      catalog,
      '--every',
      '1h',
      '--look',
      '0.05s',
    ]);
    expect(await watch.firstLine).toBe('0.2.0 at 5 %: 60 started, 0 did not, 0 taken back: well');
    await report('failed_start', 6);
    await report('rolled_back', 3);
    const ended = await watch.ended;
    expect([ended.exitCode, ended.stderr]).toEqual([3, '']);
    expect(ended.stdout).toMatch(/Halted: \d of 6\d tries to run 0\.2\.0 went wrong\./);
    expect(await manifestIn(openStore({ location: releases }))).toMatchObject({
      halted: true,
      rollout: { percent: 5 },
    });
  });
});
