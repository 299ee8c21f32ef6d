import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';

const script = join(import.meta.dirname, 'create-race.ts');
const TEXT = { contentType: 'text/plain' } as const;

const startProcess = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, nextLine: async () => String((await lines.next()).value) };
};

/** Whether we may mount a disk of a size of our choosing: root on most Linux machines. */
const mountSmallDisk = (folder: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    // Not allowed, or no such command here: the test that needs it says so in its name.
    return false;
  }
};

const probe = await mkdtemp(join(tmpdir(), 'riffle-mount-'));
const canMount = mountSmallDisk(probe);
if (canMount) execFileSync('umount', [probe]);
await rm(probe, { recursive: true });

describe('The folder store under rough treatment', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'riffle-folder-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test('of several processes that create the same keys, one wins each', async () => {
    const rounds = 40;
    const racers = Array.from({ length: 4 }, () => startProcess('race', root, String(rounds)));
    for (const { nextLine } of racers) expect(await nextLine()).toBe('ready');
    for (const { child } of racers) child.stdin.write('go\n');
    const won = await Promise.all(
      racers.map(async ({ nextLine }) => JSON.parse(await nextLine()) as number[]),
    );
    expect(won.flat().toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: rounds }, (_, round) => round),
    );

    const store = createFolderStore({ root });
    for (const [racer, rounds] of won.entries()) {
      const content = `${racers[racer]?.child.pid} `.repeat(2000);
      for (const round of rounds)
        expect(Buffer.from((await store.getBytes(`races/${round}`)) ?? []).toString()).toBe(content);
    }
  });

  test('a writer killed at any moment leaves whole objects only', async () => {
    const store = createFolderStore({ root });
    for (let round = 0; round < 6; round++) {
      const { child, nextLine } = startProcess('write', root);
      expect(await nextLine()).toBe('ready');
      // A random number of our own reads later, which no clock decides.
      const reads = Math.random() * 40;
      for (let read = 0; read < reads; read++) await store.getBytes('contested');
      child.kill('SIGKILL');
      await once(child, 'exit');
      for await (const { key, bytes } of store.list('')) {
        const content = Buffer.from((await store.getBytes(key)) ?? []);
        expect(content.length).toBe(key === 'contested' ? 2_000_000 : 500_000);
        expect(bytes).toBe(content.length);
        expect(content.equals(Buffer.alloc(content.length, content[0]))).toBe(true);
      }
    }
  });

  test('what dead writers left is swept away, what living ones write is not', async () => {
    const store = createFolderStore({ root });
    await store.check('write');
    const twoHoursAgo = new Date(Date.now() - 2 * 3600_000);
    await writeFile(join(root, '@temp', 'dead'), 'x');
    await utimes(join(root, '@temp', 'dead'), twoHoursAgo, twoHoursAgo);
    await writeFile(join(root, '@temp', 'living'), 'x');
    await store.check('write');
    expect(await readdir(join(root, '@temp'))).toEqual(['living']);
  });

  test('writing leaves nothing behind, won or lost', async () => {
    const store = createFolderStore({ root });
    const odd = { contentType: 'odd/type' };
    await store.put('a', randomBytes(10), odd);
    await store.put('a', randomBytes(10), odd);
    await store.create('a', randomBytes(10), odd);
    expect(await readdir(join(root, '@temp'))).toEqual([]);
    expect(await readdir(join(root, '@types', 'a'))).toHaveLength(1);
    await store.delete(['a']);
    expect(await readdir(join(root, '@types', 'a'))).toEqual([]);
  });

  test('a folder that went away is unreachable, not an empty catalog, and is not made anew', async () => {
    const gone = join(root, 'gone');
    const store = createFolderStore({ root: gone });
    const unreachable = expect.objectContaining({ code: 'unreachable' });
    await expect(store.check('read')).rejects.toEqual(unreachable);
    await expect(store.head('a')).rejects.toEqual(unreachable);
    await expect(store.getBytes('a')).rejects.toEqual(unreachable);
    await expect(store.list('')[Symbol.asyncIterator]().next()).rejects.toEqual(unreachable);
    await expect(store.put('a', randomBytes(1), TEXT)).rejects.toEqual(unreachable);
    await expect(store.create('a', randomBytes(1), TEXT)).rejects.toEqual(unreachable);
    expect(await readdir(root)).toEqual([]);
    await store.check('write');
    await store.put('a', randomBytes(1), TEXT);
    expect(await store.head('a')).toMatchObject({ bytes: 1 });
  });

  test('a file where the folder should be is refused with a hint', async () => {
    const file = join(root, 'file');
    await writeFile(file, 'x');
    const store = createFolderStore({ root: file });
    await expect(store.check('read')).rejects.toMatchObject({ name: 'StoreError', hint: expect.any(String) });
    await expect(store.check('write')).rejects.toMatchObject({
      name: 'StoreError',
      hint: expect.any(String),
    });
  });

  test('a key below an object, or above one, is refused in words', async () => {
    const store = createFolderStore({ root });
    await store.put('a/b', randomBytes(1), TEXT);
    const refused = expect.objectContaining({ code: 'invalid_key' });
    await expect(store.put('a/b/c', randomBytes(1), TEXT)).rejects.toEqual(refused);
    await expect(store.create('a/b/c', randomBytes(1), TEXT)).rejects.toEqual(refused);
    await expect(store.put('a', randomBytes(1), TEXT)).rejects.toEqual(refused);
    await expect(store.create('a', randomBytes(1), TEXT)).rejects.toEqual(refused);
  });

  test('files that are no objects are not listed', async () => {
    const store = createFolderStore({ root });
    await store.put('a', randomBytes(1), TEXT);
    await writeFile(join(root, '.DS_Store'), 'x');
    await writeFile(join(root, 'Thumbs.db'), 'x');
    await mkdir(join(root, 'Lost and found'));
    await writeFile(join(root, 'Lost and found', 'x'), 'x');
    const keys: string[] = [];
    for await (const { key } of store.list('')) keys.push(key);
    expect(keys).toEqual(['a']);
  });

  test.skipIf(!canMount)(
    `a full disk is said, and leaves what was there${canMount ? '' : ' (skipped: no right to mount a disk)'}`,
    async () => {
      expect(mountSmallDisk(root)).toBe(true);
      try {
        const store = createFolderStore({ root });
        await store.put('a', Buffer.alloc(100_000, 'a'), TEXT);
        const full = expect.objectContaining({ code: 'full', hint: expect.stringContaining('room') });
        await expect(store.put('a', Buffer.alloc(5_000_000), TEXT)).rejects.toEqual(full);
        await expect(store.create('b', Buffer.alloc(5_000_000), TEXT)).rejects.toEqual(full);
        expect(Buffer.from((await store.getBytes('a')) ?? []).equals(Buffer.alloc(100_000, 'a'))).toBe(true);
        expect(await store.head('b')).toBeNull();
        expect(await readdir(join(root, '@temp'))).toEqual([]);
      } finally {
        execFileSync('umount', [root]);
      }
    },
  );
});
