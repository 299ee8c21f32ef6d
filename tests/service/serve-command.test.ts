import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { albumWithTracks } from '../builders/catalog-records.ts';
import { openServiceHome, type ServiceHome } from '../builders/catalog-service.ts';

const CLI = join(import.meta.dirname, '../../src/catalog/cli.ts');
const readySchema = z.object({ ready: z.literal(true), url: z.url(), revision: z.int(), tracks: z.int() });

let home: ServiceHome;
const started: ChildProcess[] = [];
beforeEach(async () => {
  home = await openServiceHome();
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await home.close();
});

const serve = (...flags: readonly string[]) => {
  const child = spawn(process.execPath, [CLI, 'serve', '--index', home.indexFolder, '--port', '0', ...flags]);
  started.push(child);
  const output = { stdout: '', stderr: '' };
  const firstLine = Promise.withResolvers<string>();
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
    if (output.stdout.includes('\n')) firstLine.resolve(output.stdout.split('\n')[0] ?? '');
  });
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, output, firstLine: firstLine.promise, ended };
};

describe('riffle-catalog serve', () => {
  it('prints one line when it is ready, answers, and stops when it is told to', async () => {
    await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
    const run = serve('--store', home.folder, '--json', '--log-level', 'warn');
    const ready = readySchema.parse(JSON.parse(await run.firstLine));
    expect(ready).toMatchObject({ revision: 1, tracks: 1 });
    expect((await fetch(`${ready.url}/health/ready`)).status).toBe(200);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output.stdout.trim().split('\n')).toHaveLength(1);
    expect(run.output.stderr).toBe('');
  });

  it('serves an empty catalog and says so', async () => {
    const run = serve('--store', home.folder, '--log-level', 'silent');
    expect(await run.firstLine).toMatch(/^The catalog is served at http:\/\/127\.0\.0\.1:\d+$/);
    expect(run.output.stdout).toContain('empty');
    expect(run.output.stdout).toContain('Everybody who reaches it may listen.');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });

  it.each([
    [['--store', '/no/such/folder/anywhere'], 1],
    [['--store', 'ftp://somewhere'], 1],
    [[], 2],
    [['--store', '/tmp', '--port', 'high'], 2],
    [['--store', '/tmp', '--log-level', 'loud'], 2],
  ])('says what is wrong with %j and exits with %i', async (flags, code) => {
    const run = serve(...flags);
    expect(await run.ended).toBe(code);
    expect(run.output.stdout).toBe('');
    expect(run.output.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(run.output.stderr).not.toMatch(/^\s+at /m);
  });

  it('names a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const run = serve('--store', home.folder, '--log-level', 'silent', '--port', String(port));
    expect(await run.ended).toBe(1);
    expect(run.output.stderr).toContain('listens there already');
    await new Promise((resolve) => other.close(resolve));
  });
});
