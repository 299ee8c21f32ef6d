import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishLibrary } from '../../src/catalog/publish/publish-library.ts';
import type { PublishReport } from '../../src/catalog/publish/publish-report.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import {
  missingObjects,
  musicFolder,
  readCatalog,
  runPublisher,
  temporaryFolder,
} from './publisher-harness.ts';
import type { ProcessOutcome } from './publisher-harness.ts';
import { watchedStore } from './watched-store.ts';

let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
let music: string;
let storeRoot: string;

beforeEach(async () => {
  scratch = await temporaryFolder();
  music = join(scratch.path, 'music');
  storeRoot = join(scratch.path, 'store');
  await mkdir(music);
});
afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
});

const publish = (parameters: readonly string[] = [], environment = {}): Promise<ProcessOutcome> =>
  runPublisher([music, '--store', storeRoot, '--json', ...parameters], {
    // A killed process leaves its temporary files: they go with the test's own.
    TMPDIR: scratch.path,
    ...environment,
  });

describe('the publisher killed', () => {
  /** One track published before; a new one, a changed one and a cover to be published when the kill comes. */
  const prepare = async (): Promise<ObjectStore> => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.ogg': 'tone-880.ogg' });
    const store = createFolderStore({ root: storeRoot });
    await publishLibrary({ folder: music, store });
    await musicFolder(music, { 'B/03.m4a': 'tone-1320.m4a', 'A/02.ogg': 'tone-990.opus' });
    await rm(join(music, 'A/01.mp3'));
    return store;
  };
  const finish = (store: ObjectStore): Promise<PublishReport> =>
    publishLibrary({ folder: music, store, prune: true });
  /** The next run makes good whatever the kill left. */
  const expectMended = async (store: ObjectStore, revision: number): Promise<void> => {
    await finish(store);
    const mended = await readCatalog(store);
    expect(mended.revision).toBe(revision);
    expect([...mended.tracks.values()].map((track) => track.source.path).sort()).toEqual([
      'A/02.ogg',
      'B/03.m4a',
    ]);
    expect(await missingObjects(store)).toEqual([]);
    expect(await finish(store)).toMatchObject({ uploads: 0, encoded: { tracks: 0 }, isNewRevision: false });
  };

  /**
   * What a kill leaves is the store as it is at that moment, half-written files too. So one run is enough: the store is
   * copied before each operation, and every copy that differs from the one before is what some kill leaves behind.
   */
  it('before any operation of the store leaves the old catalog or the new, whole, and the next run finishes', async () => {
    const store = await prepare();
    const old = await readCatalog(store);
    const left: string[] = [];
    let operations = 0;
    const keep = (): void => {
      operations += 1;
      const copy = join(scratch.path, `left-${operations}`);
      cpSync(storeRoot, copy, { recursive: true });
      const last = left.at(-1);
      if (last === undefined || listing(last) !== listing(copy)) left.push(copy);
      else rmSync(copy, { recursive: true });
    };
    await publishLibrary({ folder: music, store: watchedStore(store, keep), prune: true, jobs: 1 });
    expect((await readCatalog(store)).revision).toBe(old.revision + 1);
    expect(operations).toBeGreaterThan(25);
    expect(left.length).toBeGreaterThan(9);

    for (const root of left) {
      const killed = createFolderStore({ root });
      const after = await readCatalog(killed);
      // One manifest, appended last, is all that makes the difference.
      expect(after).toEqual(old);
      expect(await missingObjects(killed)).toEqual([]);
      await expectMended(killed, old.revision + 1);
    }
    await expectMended(store, old.revision + 1);
  }, 120_000);

  it('by the system in the middle leaves the old catalog too', async () => {
    const store = await prepare();
    const old = await readCatalog(store);
    const outcome = await publish(['--prune', '--jobs', '1'], { FAULT: 'SIGKILL:25' });
    expect(outcome.signal).toBe('SIGKILL');
    expect(await readCatalog(store)).toEqual(old);
    await expectMended(store, old.revision + 1);
  });
});

/** Every file of a folder with its size, in order. */
const listing = (root: string): string =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${relative(root, path)} ${statSync(path).size}`)
    .sort()
    .join('\n');

describe('the publish command', () => {
  it('ends with 0 and tells people what happened', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.mp3': 'bad/text.mp3' });
    const { exitCode, stdout } = await runPublisher([music, '--store', storeRoot]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Published "music": the catalog is at revision 1.');
    expect(stdout).toContain('1 new, 0 changed, 0 unchanged, 0 removed, 1 unreadable.');
    expect(stdout).toContain('unreadable: A/02.mp3: its content is none of the audio formats');
    expect(stdout).toMatch(/tracks\/s/);
  });

  it('stops on Ctrl+C with 130 and the old catalog', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.ogg': 'tone-880.ogg' });
    const { exitCode, stderr, stdout } = await publish(['--jobs', '1'], { FAULT: 'SIGINT:12' });
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(stderr).toContain('Publishing was stopped; the catalog is as it was before.');
    expect((await readCatalog(createFolderStore({ root: storeRoot }))).revision).toBe(0);
  });

  it.each([
    ['a folder that is not there', ['/no/such/folder', '--store', 'STORE'], 2, 'it is not there'],
    ['no store', ['MUSIC'], 2, '--store'],
    ['a number of jobs that is none', ['MUSIC', '--store', 'STORE', '--jobs', 'many'], 2, 'whole number'],
    ['a store in the music', ['MUSIC', '--store', 'MUSIC/store'], 2, 'lies in the folder'],
    [
      'a plays file that is not there',
      ['MUSIC', '--store', 'STORE', '--plays', '/no/plays.csv'],
      2,
      'plays file',
    ],
    ['nothing playable', ['MUSIC', '--store', 'STORE'], 2, 'nothing in'],
  ])('refuses %s in one sentence', async (_what, parameters, code, sentence) => {
    const named = parameters.map((word) => word.replace('MUSIC', music).replace('STORE', storeRoot));
    if (!sentence.startsWith('nothing')) await musicFolder(music, { 'a.mp3': 'tone-440.mp3' });
    const { exitCode, stderr } = await runPublisher(named);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('says in one sentence that an endpoint does not answer, or refuses the keys', async () => {
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3' });
    const server = createServer((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>InvalidAccessKeyId</Code><Message>no</Message></Error>');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const s3 = (endpoint: string): Promise<ProcessOutcome> =>
      runPublisher(
        [music, '--store', 's3://bucket/prefix', '--endpoint', endpoint, '--region', 'us-east-1'],
        {
          AWS_ACCESS_KEY_ID: 'wrong',
          AWS_SECRET_ACCESS_KEY: 'wrong',
        },
      );
    const refused = await s3(`http://127.0.0.1:${port}`);
    await new Promise((resolve) => {
      server.close(resolve);
    });
    const silent = await s3(`http://127.0.0.1:${port}`);
    for (const { exitCode, stderr } of [refused, silent]) {
      expect(exitCode).toBe(1);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
    }
  });

  it('loses nothing when two processes publish at once', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.ogg': 'tone-880.ogg' });
    const other = join(scratch.path, 'other');
    await musicFolder(other, { 'B/03.flac': 'tone-770.flac' });
    await writeFile(join(other, 'plays.csv'), 'path,plays\nB/03.flac,5\n');
    const outcomes = await Promise.all([
      publish(['--no-analysis']),
      runPublisher([other, '--store', storeRoot, '--no-analysis']),
    ]);
    expect(outcomes.map((outcome) => outcome.exitCode)).toEqual([0, 0]);
    const store = createFolderStore({ root: storeRoot });
    const catalog = await readCatalog(store);
    expect([catalog.revision, catalog.tracks.size]).toEqual([2, 3]);
    expect(await missingObjects(store)).toEqual([]);
  });
});
