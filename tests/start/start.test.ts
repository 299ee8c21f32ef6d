/** `npm start` as a person meets it: the ready line, a quick second start, Ctrl+C, and bad input. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const START = join(root, 'scripts/start/start.ts');

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

class Start {
  readonly child: ChildProcessWithoutNullStreams;
  output = '';

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [START, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
    });
    this.child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  async ended(): Promise<Outcome> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return { code: this.child.exitCode, output: this.output };
  }

  /** The address of the ready line. */
  async ready(): Promise<string> {
    for (;;) {
      const address = /Riffle is ready: (\S+)/.exec(this.output)?.[1];
      if (address !== undefined) return address;
      if (this.child.exitCode !== null) throw new Error(`ended before it was ready:\n${this.output}`);
      await Promise.race([once(this.child.stdout, 'data'), once(this.child, 'close')]);
    }
  }

  async interrupt(): Promise<Outcome> {
    this.child.kill('SIGINT');
    return this.ended();
  }
}

const refuses = async (address: string): Promise<boolean> => {
  try {
    await fetch(address);
    return false;
  } catch {
    return true;
  }
};

describe('npm start', () => {
  let folder = '';
  const started: Start[] = [];
  const start = (...args: string[]): Start => {
    const one = new Start([...args, '--data', folder, '--no-open', '--shell', 'web', '--port', '0']);
    started.push(one);
    return one;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'riffle-start-'));
  });
  afterEach(async () => {
    for (const one of started.splice(0)) {
      if (one.child.exitCode === null) await one.interrupt();
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('publishes the demo library, says where the app is, and leaves nothing behind on Ctrl+C', async () => {
    const first = start();
    const address = await first.ready();
    expect(first.output).toContain('42 published');
    expect(first.output).not.toContain('Left out');
    const page = await fetch(address, { redirect: 'manual' });
    expect(page.status).toBe(303);
    const outcome = await first.interrupt();
    expect(outcome.code).toBe(0);
    expect(await refuses(address)).toBe(true);

    const manifests = join(folder, 'stores/demo/catalog/manifests');
    const revisions = (await readdir(manifests)).filter((name) => name.endsWith('.json'));
    expect(revisions).toHaveLength(1);

    const second = start();
    await second.ready();
    await second.interrupt();
    expect((await readdir(manifests)).filter((name) => name.endsWith('.json'))).toEqual(revisions);
  }, 120_000);

  it.each([
    ['a folder that is not there', ['--library', '/no/such/folder'], /no folder \/no\/such\/folder/i],
    ['an option it does not have', ['--colour', 'red'], /--colour/],
    ['a shell it does not have', ['--shell', 'gtk'], /web or electron/],
    ['a service address that is none', ['--server', 'ftp://music'], /http or https/],
    [
      'a service and a library at once',
      ['--server', 'http://127.0.0.1:9', '--library', root],
      /leave out --library/,
    ],
    ['an endpoint without S3', ['--endpoint', 'http://127.0.0.1:9'], /--store s3/],
  ])('refuses %s in one sentence with a hint', async (_, args, sentence) => {
    const { code, output } = await new Start([...args]).ended();
    expect(code).toBe(2);
    expect(output).toMatch(sentence);
    expect(output).toContain('--help');
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('says that a folder holds nothing playable, and serves nothing', async () => {
    const library = join(folder, 'letters');
    await mkdir(library);
    await writeFile(join(library, 'letter.txt'), 'Dear Gerda');
    const { code, output } = await start('--library', library).ended();
    expect(code).not.toBe(0);
    expect(output).toMatch(/nothing in .*letters/i);
    expect(output).not.toContain('Riffle is ready');
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('says that an S3 endpoint does not answer', async () => {
    const closed = new Start(
      [
        '--store',
        's3://music',
        '--endpoint',
        'http://127.0.0.1:9',
        '--data',
        folder,
        '--no-open',
        '--shell',
        'web',
      ],
      { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' },
    );
    const { code, output } = await closed.ended();
    expect(code).not.toBe(0);
    expect(output).toMatch(/127\.0\.0\.1:9/);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('names every file that it had to leave out, with the reason', async () => {
    const library = join(folder, 'music');
    const fixtures = join(root, 'tests/fixtures/audio');
    await mkdir(library);
    await copyFile(join(fixtures, 'tone-440.mp3'), join(library, 'tone.mp3'));
    await copyFile(join(fixtures, 'bad/text.mp3'), join(library, 'letter.mp3'));
    const withLetter = start('--library', library);
    await withLetter.ready();
    expect(withLetter.output).toMatch(/1 published/);
    expect(withLetter.output).toMatch(/Left out: letter\.mp3: .+/);
  }, 120_000);

  it('leaves nothing behind when it is killed without a warning', async () => {
    const killed = start('--server', 'http://127.0.0.1:9');
    const address = await killed.ready();
    killed.child.kill('SIGKILL');
    await expect.poll(() => refuses(address), { timeout: 20_000 }).toBe(true);
  }, 120_000);

  it('opens the app on a service that does not answer, and says so', async () => {
    const lonely = start('--server', 'http://127.0.0.1:9');
    await lonely.ready();
    const { code, output } = await lonely.interrupt();
    expect(code).toBe(0);
    expect(output).toContain('The service at http://127.0.0.1:9 does not answer.');
  }, 120_000);

  it('says that a port is taken', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const { port } = other.address() as { port: number };
      // Where a service is named, nothing is published before the port is looked at.
      const service = ['--server', 'http://127.0.0.1:9'];
      const window = ['--no-open', '--shell', 'web', '--port', String(port)];
      const taken = new Start([...service, '--data', folder, ...window]);
      started.push(taken);
      const { code, output } = await taken.ended();
      expect(code).not.toBe(0);
      expect(output).toContain(String(port));
      expect(output).not.toMatch(/\n\s+at /);
    } finally {
      other.close();
    }
  }, 120_000);
});
