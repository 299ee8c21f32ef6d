/** What the release command publishes is what the app takes: no part of either is another's stand-in. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { feedKey } from '../../scripts/release/release-keys.ts';
import { readReleaseFolder } from '../../scripts/release/release-folder.ts';
import { openTestFolder } from '../contract/open-test-stores.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { KEY, openFeed } from '../release/release-house.ts';
import { startEdge } from './world/edge.ts';
import { ymlName, ymlOf } from './world/feed.ts';
import { appPath, installFirst, openInstallation } from './world/installation.ts';
import { makeInstaller, startApp } from './world/stand-in-app.ts';
import { NEW, OLD } from './world/world.ts';

const ARCH = process.arch === 'arm64' ? 'arm64' : 'x86_64';

describe.skipIf(process.platform !== 'linux')('a released version (Linux only)', () => {
  it('is taken once it is an installation’s turn, and not any more once it is halted', async () => {
    const folder = await temporaryFolder();
    const opened = await openTestFolder();
    onTestFinished(() => opened.close());
    const edge = await startEdge(opened.store, (_folder, name) => [feedKey(name)]);
    onTestFinished(() => edge.close());
    const old = await makeInstaller(folder, OLD, 'appimage');
    const made = await makeInstaller(folder, NEW, 'appimage');

    // As electron-builder leaves it.
    const release = join(folder, 'release');
    const name = `Riffle-${NEW}-linux-${ARCH}.AppImage`;
    await mkdir(release);
    await copyFile(made.path, join(release, name));
    await writeFile(join(release, ymlName('latest')), ymlOf([{ ...made, name }]));
    for (const language of ['en', 'de'])
      await writeFile(join(release, `notes.${language}.md`), `# Notes\n\n## ${NEW}\n\nGapless.\n`);

    const feed = openFeed(opened.store);
    await feed.publish(await readReleaseFolder(release), null);
    const root = join(folder, 'installation');
    await installFirst(root, old);
    const open = () =>
      openInstallation({ root, feedUrl: edge.url('feed'), keys: KEY.pin, version: OLD, kind: 'appimage' });

    await feed.raise('stable', { percent: 100 });
    await feed.halt('stable', true, 'for this test');
    const halted = await open();
    await halted.updates.api.check();
    expect((await halted.reaches('idle', 'ready', 'failed')).state).toBe('idle');
    await halted.close();

    await feed.halt('stable', false, null);
    const installation = await open();
    await installation.updates.api.check();
    expect(await installation.reaches('ready', 'failed')).toMatchObject({
      state: 'ready',
      version: NEW,
      notes: { en: 'Gapless.', de: 'Gapless.' },
    });
    await installation.updates.api.install();
    await installation.close();
    expect(await startApp(appPath(root), [old, made])).toBe(NEW);
  });
});
