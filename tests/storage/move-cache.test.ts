import { execFile } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HostFailure } from '../../src/contract/host-error.ts';
import { cacheLocationSchema, createCacheLocation } from '../../src/main/storage/cache-location.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { moveCache } from '../../src/main/storage/move-cache.ts';
import { removeMoved } from '../../src/main/storage/cache-parts.ts';
import type { MoveProgress } from '../../src/main/storage/move-folder.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { readTree, writeCache } from './cache-tree.ts';

const run = promisify(execFile);

const setUp = async () => {
  const root = await temporaryFolder();
  const defaultFolder = join(root, 'default');
  const chosen = join(root, 'chosen');
  await mkdir(chosen);
  const log = recordLog();
  const open = () =>
    createCacheLocation({
      document: createJsonDocument({ path: join(root, 'location.json'), schema: cacheLocationSchema, log }),
      defaultFolder,
      log,
    });
  const location = await open();
  await location.recover();
  const progress: MoveProgress[] = [];
  const controller = new AbortController();
  const move = (folder: string) =>
    moveCache({
      location,
      chosen: folder,
      signal: controller.signal,
      onProgress: (value) => progress.push(value),
      log,
    });
  return { root, defaultFolder, chosen, log, open, location, move, progress, controller };
};

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof HostFailure ? error.code : error),
  );

describe('moving the cache', () => {
  it('copies it to a folder of its own, switches over and removes the old', async () => {
    const { defaultFolder, chosen, location, move, progress, open } = await setUp();
    const tree = await writeCache(defaultFolder);

    expect(await move(chosen)).toBe(join(chosen, 'Riffle'));
    expect(location.folder()).toBe(join(chosen, 'Riffle'));
    expect(await readTree(join(chosen, 'Riffle'))).toEqual(tree);
    // Whoever still reads the old one may go on until the caller says that nobody does.
    expect(await readTree(defaultFolder)).toEqual(tree);

    await location.finish();
    expect(await readTree(defaultFolder)).toEqual(new Map());
    expect((await open()).folder()).toBe(join(chosen, 'Riffle'));

    const done = progress.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
    const last = progress.at(-1);
    expect(last?.doneBytes).toBe(last?.totalBytes);
    expect(last?.totalBytes).toBeGreaterThan(1_000_000);
  });

  it('can be moved on, and back home', async () => {
    const { root, defaultFolder, chosen, location, move } = await setUp();
    const tree = await writeCache(defaultFolder);
    await mkdir(join(root, 'other'));
    for (const folder of [chosen, join(root, 'other'), chosen]) {
      await move(folder);
      await location.finish();
      expect(await readTree(location.folder())).toEqual(tree);
    }
    expect(await readdir(join(root, 'other'))).toEqual([]);
    expect(await readdir(chosen)).toEqual(['Riffle']);
  });

  it('keeps when each file was last used', async () => {
    const { defaultFolder, chosen, move } = await setUp();
    await writeCache(defaultFolder, 1);
    const path = 'audio/00/00track.audio';
    await utimes(join(defaultFolder, path), new Date(1_000_000), new Date(1_000_000));
    const moved = await move(chosen);
    expect((await stat(join(moved, path))).mtimeMs).toBe(1_000_000);
  });

  it('moves nothing but the cache, and never touches what lies beside it', async () => {
    const { defaultFolder, chosen, location, move } = await setUp();
    const tree = await writeCache(defaultFolder);
    await writeFile(join(defaultFolder, 'letter.txt'), 'mine');
    await mkdir(join(chosen, 'Riffle'));
    await writeFile(join(chosen, 'Riffle', 'photo.txt'), 'mine too');
    await writeFile(join(chosen, 'other.txt'), 'and mine');
    await move(chosen);
    await location.finish();
    expect(await readdir(defaultFolder)).toEqual(['letter.txt']);
    expect((await readTree(join(chosen, 'Riffle'))).size).toBe(tree.size + 1);
    await removeMoved(join(chosen, 'Riffle'));
    expect((await readdir(chosen, { recursive: true })).sort()).toEqual([
      'Riffle',
      'Riffle/photo.txt',
      'other.txt',
    ]);
  });

  it('is possible before anything is cached', async () => {
    const { chosen, location, move } = await setUp();
    expect(await move(chosen)).toBe(join(chosen, 'Riffle'));
    await location.finish();
    expect(await readdir(chosen)).toEqual(['Riffle']);
  });

  it('goes on when files are deleted under way, and takes those along that come', async () => {
    const { defaultFolder, chosen, location, log } = await setUp();
    await writeCache(defaultFolder);
    let changed = false;
    const moved = await moveCache({
      location,
      chosen,
      signal: new AbortController().signal,
      onProgress() {
        if (changed) return;
        changed = true;
        // At once, for the move waits for nobody.
        rmSync(join(defaultFolder, 'audio/0f'), { recursive: true });
        rmSync(join(defaultFolder, 'audio/00'), { recursive: true });
        writeFileSync(join(defaultFolder, 'audio/05/05track.json'), 'other than before');
        writeFileSync(join(defaultFolder, 'audio/05/new.json'), 'new');
      },
      log,
    });
    const tree = await readTree(moved);
    expect(tree).toEqual(await readTree(defaultFolder));
    expect(tree.has('audio/05/new.json')).toBe(true);
    expect(tree.has('audio/0f/0ftrack.audio')).toBe(false);
  });

  it('is refused where it makes no sense, and then nothing has changed', async () => {
    const { root, defaultFolder, chosen, location, move } = await setUp();
    const tree = await writeCache(defaultFolder);
    await mkdir(join(chosen, 'Riffle', 'audio'), { recursive: true });
    await writeFile(join(chosen, 'Riffle', 'audio', 'concert.flac'), 'mine');
    await symlink(defaultFolder, join(root, 'link'));
    const before = await readTree(root);

    expect(await codeOf(move('not/absolute'))).toBe('invalid_argument');
    expect(await codeOf(move(defaultFolder))).toBe('invalid_argument');
    expect(await codeOf(move(join(defaultFolder, 'audio', '00')))).toBe('invalid_argument');
    expect(await codeOf(move(join(root, 'link')))).toBe('invalid_argument');
    expect(await codeOf(move(chosen))).toBe('invalid_argument');

    const after = new Map(await readTree(root));
    after.delete('location.json');
    expect(after).toEqual(before);
    expect(location.folder()).toBe(defaultFolder);
    expect(await readTree(location.folder())).toEqual(tree);
  });

  it('is refused from inside out', async () => {
    const { root, defaultFolder, location, move } = await setUp();
    const home = join(root, 'home');
    await mkdir(join(home, 'Riffle'), { recursive: true });
    await writeCache(defaultFolder);
    await move(join(home, 'Riffle'));
    await location.finish();
    expect(location.folder()).toBe(join(home, 'Riffle', 'Riffle'));
    expect(await codeOf(move(home))).toBe('invalid_argument');
    expect((await readTree(location.folder())).size).toBe(48);
  });

  it('can be given up, and then everything is as it was', async () => {
    const { root, defaultFolder, chosen, location, log, open } = await setUp();
    const tree = await writeCache(defaultFolder);
    const controller = new AbortController();
    const move = moveCache({
      location,
      chosen,
      signal: controller.signal,
      onProgress: ({ doneBytes }) => {
        if (doneBytes > 100_000) controller.abort();
      },
      log,
    });
    expect(await codeOf(move)).toBe('cancelled');
    expect(await readdir(chosen)).toEqual([]);
    expect(await readTree(defaultFolder)).toEqual(tree);
    expect((await open()).folder()).toBe(defaultFolder);
    expect((await readdir(root)).sort()).toEqual(['chosen', 'default', 'location.json']);
  });

  it('is done once at a time, and who comes second does no harm', async () => {
    const { root, defaultFolder, chosen, location, move } = await setUp();
    const tree = await writeCache(defaultFolder);
    await mkdir(join(root, 'other'));
    const outcomes = await Promise.all([
      codeOf(move(chosen)),
      codeOf(move(join(root, 'other'))),
      codeOf(move(chosen)),
      location.finish(),
      location.recover(),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'invalid_argument')).toHaveLength(2);
    await location.finish();
    expect(await readTree(location.folder())).toEqual(tree);
    expect((await readTree(root)).size).toBe(tree.size + 1);
  });

  it('is refused when the old folder is not there, instead of leaving it behind', async () => {
    const { defaultFolder, chosen, location, move } = await setUp();
    await rm(defaultFolder, { recursive: true });
    expect(await codeOf(move(chosen))).toBe('storage_failed');
    expect(await readdir(chosen)).toEqual([]);
    expect(location.folder()).toBe(defaultFolder);
  });

  it('fails when the old folder goes with its disk under way', async () => {
    const { root, defaultFolder, chosen, location, log } = await setUp();
    await writeCache(defaultFolder);
    let isGone = false;
    const away = join(root, 'away');
    const move = moveCache({
      location,
      chosen,
      signal: new AbortController().signal,
      onProgress() {
        if (isGone) return;
        isGone = true;
        renameSync(defaultFolder, away);
      },
      log,
    });
    expect(await codeOf(move)).toBe('storage_failed');
    expect(location.folder()).toBe(defaultFolder);
    expect(await readdir(chosen)).toEqual([]);
    expect((await readTree(away)).size).toBe(48);
  });

  it('fails when the note cannot be written, and the half copy is not left to be taken for the cache', async () => {
    const { root, defaultFolder, chosen, location, move } = await setUp();
    const tree = await writeCache(defaultFolder);
    await mkdir(join(root, 'location.json', 'in-the-way'), { recursive: true });
    expect(await codeOf(move(chosen))).toBe('storage_failed');
    expect(location.folder()).toBe(defaultFolder);
    expect(await readdir(chosen)).toEqual([]);
    expect(await readTree(defaultFolder)).toEqual(tree);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

const mountSmall = async (bytes: number, ...options: readonly string[]): Promise<string> => {
  const folder = await temporaryFolder();
  await run('mount', ['-t', 'tmpfs', '-o', [`size=${bytes}`, ...options].join(','), 'tmpfs', folder]);
  onTestFinished(async () => {
    await run('umount', [folder]);
  });
  return folder;
};

describe('a disk that cannot take the cache', () => {
  it.runIf(canMount)('has too little room: nothing is even begun', async () => {
    const { defaultFolder, location, move } = await setUp();
    await writeCache(defaultFolder);
    const small = await mountSmall(1_000_000);
    expect(await codeOf(move(small))).toBe('storage_failed');
    expect(await readdir(small)).toEqual([]);
    expect(location.folder()).toBe(defaultFolder);
  });

  it.runIf(canMount)('fills up under way: the half copy is removed', async () => {
    const { defaultFolder, location, log } = await setUp();
    const tree = await writeCache(defaultFolder);
    const disk = await mountSmall(20_000_000);
    let isFilled = false;
    const move = moveCache({
      location,
      chosen: disk,
      signal: new AbortController().signal,
      onProgress() {
        if (isFilled) return;
        isFilled = true;
        try {
          writeFileSync(join(disk, 'someone-else'), new Uint8Array(19_900_000));
        } catch {
          // What fits is the point.
        }
      },
      log,
    });
    expect(await codeOf(move)).toBe('storage_failed');
    expect(await readdir(disk)).toEqual(['someone-else']);
    expect(location.folder()).toBe(defaultFolder);
    expect(await readTree(defaultFolder)).toEqual(tree);
  });

  it.runIf(canMount)('cannot be written at all', async () => {
    const { defaultFolder, location, move } = await setUp();
    await writeCache(defaultFolder);
    const readOnly = await mountSmall(100_000_000, 'ro');
    expect(await codeOf(move(readOnly))).toBe('storage_failed');
    expect(location.folder()).toBe(defaultFolder);
  });

  it.runIf(process.platform !== 'win32' && !canMount)('may not be written by this user', async () => {
    const { defaultFolder, chosen, location, move } = await setUp();
    await writeCache(defaultFolder);
    await chmod(chosen, 0o500);
    onTestFinished(() => chmod(chosen, 0o700));
    expect(await codeOf(move(chosen))).toBe('storage_failed');
    expect(location.folder()).toBe(defaultFolder);
  });

  it.runIf(canMount)(
    'cannot give up the old copy: the new one counts, and the old is removed at a later start',
    async () => {
      const { root, defaultFolder, chosen, location, move, open } = await setUp();
      const tree = await writeCache(defaultFolder);
      await run('mount', ['--bind', defaultFolder, defaultFolder]);
      let isMounted = true;
      const unmount = async (): Promise<void> => {
        if (!isMounted) return;
        isMounted = false;
        await run('umount', [defaultFolder]);
      };
      onTestFinished(unmount);
      await run('mount', ['-o', 'remount,ro,bind', defaultFolder]);

      const moved = await move(chosen);
      await location.finish();
      expect(await readTree(moved)).toEqual(tree);
      const restarted = await open();
      expect(restarted.folder()).toBe(moved);
      await restarted.recover();
      expect((await readTree(defaultFolder)).size).toBe(tree.size);

      await unmount();
      await restarted.recover();
      expect((await readdir(root)).sort()).toEqual(['chosen', 'location.json']);
      expect(await readTree(moved)).toEqual(tree);
    },
  );
});
