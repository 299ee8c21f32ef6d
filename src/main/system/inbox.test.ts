import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AppCommand } from '../../contract/app-commands.ts';
import { createInbox } from './inbox.ts';
import { launchFolders } from './launch-folders.ts';

it('keeps what started the app until there is somebody to ask, and then the order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-inbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'a.m3u8');
  await writeFile(file, '#EXTM3U');
  const asked: AppCommand[] = [];
  const inbox = createInbox();
  inbox.add({ links: [{ kind: 'page', page: 'albums' }], files: [file, join(folder, 'gone.m3u8')] });
  inbox.connect((command) => asked.push(command));
  inbox.add({ links: [], files: [file] });
  await expect.poll(() => asked).toHaveLength(4);
  expect(asked.map(({ kind }) => kind)).toEqual(['open', 'import', 'import_failed', 'import']);
});

it('puts everything of a profile, and of a folder that was named, in its own place', () => {
  const system = { data: '/d', cache: '/c', session: '/s' };
  const nothing = { dataFolder: null, cacheFolder: null, profile: null };
  expect(launchFolders(nothing, system)).toEqual({ ...system, root: '/d' });
  expect(launchFolders({ ...nothing, dataFolder: '/x', profile: 'kids' }, system)).toEqual({
    data: resolve('/x/profiles/kids'),
    cache: resolve('/x/cache/profiles/kids'),
    session: resolve('/x/Session/profiles/kids'),
    root: resolve('/x'),
  });
  expect(launchFolders({ ...nothing, dataFolder: '/x', cacheFolder: '/y' }, system)).toMatchObject({
    cache: '/y',
  });
});
