/** Publishing and rolling out over real stores: in what order, killed at every step, by two at once, and by whom not. */
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openChannelLog } from '../../scripts/release/channel-log.ts';
import { FEED_PREFIX, feedKey } from '../../scripts/release/release-keys.ts';
import { keysIn } from '../ads/keys-in.ts';
import { openTestBucket, openTestFolder } from '../contract/open-test-stores.ts';
import type { OpenedStore } from '../contract/object-store.contract.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { watchedStore } from '../publish/watched-store.ts';
import { acquireS3, nameWith } from '../s3-server/acquire-s3.ts';
import { brokenIn, built, KEY, manifestIn, newKey, openFeed } from './release-house.ts';

const s3 = await acquireS3();
const NOW = Date.UTC(2026, 5, 7, 12);

/** Writes of the feed, in order; `puts` of the same store. */
const recording = (store: ObjectStore): { readonly store: ObjectStore; readonly writes: string[] } => {
  const writes: string[] = [];
  const note = (key: string): void => {
    if (key.startsWith(FEED_PREFIX)) writes.push(key.slice(FEED_PREFIX.length));
  };
  return {
    writes,
    store: {
      ...store,
      put: (key, ...rest) => {
        note(key);
        return store.put(key, ...rest);
      },
      putFile: (key, ...rest) => {
        note(key);
        return store.putFile(key, ...rest);
      },
    },
  };
};

const folderStore = async (): Promise<ObjectStore> => {
  const store = createFolderStore({ root: join(await temporaryFolder(), 'store') });
  await store.check('write');
  return store;
};

const kindOf = (name: string): string => {
  if (name.endsWith('.riffle.json')) return 'manifest';
  if (name.endsWith('.yml')) return 'update file';
  return name.endsWith('.blockmap') ? 'block map' : 'installer';
};

const suites: readonly (readonly [string, boolean, () => Promise<OpenedStore>])[] = [
  ['over a folder', true, openTestFolder],
  [nameWith('over S3', s3), s3.ok, () => openTestBucket(s3)],
];

for (const [name, isThere, open] of suites)
  describe.skipIf(!isThere)(`publishing ${name}`, () => {
    let opened: OpenedStore;
    afterEach(() => opened.close());

    it('sends installers, block maps, update files and the manifests, in this order, each with its caching', async () => {
      opened = await open();
      const { store, writes } = recording(opened.store);
      const report = await openFeed(store).publish(await built('0.2.0'), null);
      expect(report).toEqual({ version: '0.2.0', channels: ['stable', 'beta'], sent: 11, alreadyThere: 0 });
      const kinds = writes.map(kindOf);
      expect(kinds.slice(0, 11)).toEqual([...Array(7).fill('installer'), ...Array(4).fill('block map')]);
      expect(writes.slice(11)).toEqual([
        'latest.yml',
        'latest-mac.yml',
        'latest-linux.yml',
        'stable.riffle.json',
        'beta.yml',
        'beta-mac.yml',
        'beta-linux.yml',
        'beta.riffle.json',
      ]);
      expect(await brokenIn(store)).toEqual([]);
      const caching = async (file: string) => (await store.head(feedKey(file)))?.cacheControl;
      expect(await caching('riffle-0.2.0-win-x64.exe')).toContain('immutable');
      expect(await caching('riffle-0.2.0-win-x64.exe.blockmap')).toContain('immutable');
      expect(await caching('latest.yml')).toBe('no-cache, max-age=0');
      expect(await caching('stable.riffle.json')).toBe('no-cache, max-age=0');
      expect(await manifestIn(store)).toMatchObject({
        version: '0.2.0',
        channel: 'stable',
        rollout: { percent: 5 },
        halted: false,
        minimumVersion: '0.0.0',
        notes: { en: 'Gapless, at last.' },
      });
    });

    it('writes nothing when it is done again, and keeps what is old', async () => {
      opened = await open();
      const first = await built('0.2.0', { platforms: [''] });
      await openFeed(opened.store).publish(first, null);
      const { store, writes } = recording(opened.store);
      expect(await openFeed(store).publish(first, null)).toMatchObject({ sent: 0, alreadyThere: 4 });
      expect(writes).toEqual([]);

      await openFeed(store).publish(await built('0.2.1', { platforms: [''] }), '0.2.0');
      expect(await manifestIn(store)).toMatchObject({ version: '0.2.1', minimumVersion: '0.2.0' });
      expect(await keysIn(store, FEED_PREFIX)).toContain(feedKey('riffle-0.2.0-win-x64.exe.blockmap'));
      expect(await keysIn(store, FEED_PREFIX)).toContain(feedKey('riffle-0.2.0-win-x64.exe'));
    });

    it('never gives a name other bytes: of two builds of one version that race, one is refused', async () => {
      opened = await open();
      const builds = [
        await built('0.2.0', { platforms: [''] }),
        await built('0.2.0', { platforms: [''], salt: 'again ' }),
      ];
      const outcomes = await Promise.allSettled(
        builds.map((release) => openFeed(opened.open()).publish(release, null)),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      // Each may have claimed one of the names first; then both are refused, and nothing is offered.
      expect(refused.length).toBeGreaterThanOrEqual(1);
      for (const { reason } of refused) expect(String(reason)).toContain('with other bytes');
      expect(await brokenIn(opened.store)).toEqual([]);
      expect((await manifestIn(opened.store)) === null).toBe(refused.length === 2);
    });

    it('loses neither of two versions that are published at once: the newer one stands', async () => {
      opened = await open();
      const releases = [await built('0.2.0', { platforms: [''] }), await built('0.3.0', { platforms: [''] })];
      await Promise.allSettled(releases.map((release) => openFeed(opened.open()).publish(release, null)));
      expect(await manifestIn(opened.store)).toMatchObject({ version: '0.3.0' });
      expect(Buffer.from((await opened.store.getBytes(feedKey('latest.yml'))) ?? []).toString()).toContain(
        'version: 0.3.0',
      );
      expect(await brokenIn(opened.store)).toEqual([]);
      expect((await openFeed(opened.store).standing('stable'))?.isSettled).toBe(true);
    });
  });

/** Every file of a folder with its size, in order. */
const listing = (root: string): string =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${relative(root, path)} ${statSync(path).size} ${statSync(path).mtimeMs}`)
    .sort()
    .join('\n');

describe('a run that is killed', () => {
  /**
   * What a kill leaves is the store as it is at that moment. So one run is enough: the store is copied before each operation, and
   * every copy that differs from the one before is what some kill leaves behind.
   */
  it('before any operation of the store leaves the old feed whole, and the next run finishes', async () => {
    const folder = await temporaryFolder();
    const root = join(folder, 'store');
    const store = createFolderStore({ root });
    await store.check('write');
    await openFeed(store).publish(await built('0.2.0', { platforms: [''] }), null);
    const release = await built('0.3.0', { platforms: [''] });

    const left: string[] = [];
    let operations = 0;
    let last = '';
    const keep = (): void => {
      operations += 1;
      const now = listing(root);
      if (now === last) return;
      last = now;
      const copy = join(folder, `killed-${operations}`);
      cpSync(root, copy, { recursive: true, preserveTimestamps: true });
      left.push(copy);
    };
    await openFeed(watchedStore(store, keep)).publish(release, null);
    expect(operations).toBeGreaterThan(25);
    expect(left.length).toBeGreaterThan(12);

    const versions = new Set<string | undefined>();
    for (const copy of left) {
      const killed = createFolderStore({ root: copy });
      expect(await brokenIn(killed)).toEqual([]);
      versions.add((await manifestIn(killed))?.version);
      await openFeed(killed).publish(release, null);
      expect(await brokenIn(killed)).toEqual([]);
      expect(await manifestIn(killed)).toMatchObject({ version: '0.3.0', rollout: { percent: 5 } });
      expect((await openFeed(killed).standing('beta'))?.isSettled).toBe(true);
      rmSync(copy, { recursive: true });
    }
    expect([...versions]).toEqual(['0.2.0', '0.3.0']);
  });

  it('after a halt was decided is finished by whatever command comes next', async () => {
    const store = await folderStore();
    await openFeed(store).publish(await built('0.2.0', { platforms: [''] }), null);
    const cut: ObjectStore = { ...store, put: () => Promise.reject(new Error('killed')) };
    await expect(openFeed(cut).halt('stable', true, 'it fails')).rejects.toThrow('killed');
    expect((await openFeed(store).standing('stable'))?.isSettled).toBe(false);
    expect(await manifestIn(store)).toMatchObject({ halted: false });
    await openFeed(store).halt('stable', true, 'it fails');
    expect(await manifestIn(store)).toMatchObject({ halted: true });
  });
});

describe('a roll-out', () => {
  const begin = async (nowMs = () => NOW) => {
    const store = await folderStore();
    const feed = openFeed(store, { nowMs });
    await feed.publish(await built('0.2.0', { platforms: [''] }), null);
    return { store, feed };
  };
  const raise = (feed: ReturnType<typeof openFeed>) => feed.raise('stable', { percent: null });

  it('goes 5, 20, 50, 100 with the same installations first, and takes beta along', async () => {
    const { store, feed } = await begin();
    const seeds = new Set<string | undefined>();
    const steps: unknown[] = [];
    for (let step = 0; step < 4; step += 1) {
      if (step > 0) await raise(feed);
      const [stable, beta] = [await manifestIn(store), await manifestIn(store, 'beta')];
      steps.push([stable?.rollout.percent, beta?.rollout.percent]);
      seeds.add(stable?.rollout.seed);
    }
    expect(steps).toEqual([
      [5, 5],
      [20, 20],
      [50, 50],
      [100, 100],
    ]);
    expect(seeds.size).toBe(1);
    await expect(raise(feed)).rejects.toThrow('Everybody gets 0.2.0 already.');
    await expect(feed.raise('stable', { percent: 50 })).rejects.toThrow('at 100 % already');
  });

  it('is raised once by two who raise it at once', async () => {
    const { store, feed } = await begin();
    await Promise.all([raise(feed), raise(openFeed(store))]);
    expect(await manifestIn(store)).toMatchObject({ rollout: { percent: 20 } });
  });

  it('stops for all who do not have it, and goes on where it stood', async () => {
    const { store, feed } = await begin();
    await raise(feed);
    await feed.halt('stable', true, 'sound is gone');
    expect(await manifestIn(store)).toMatchObject({ halted: true, rollout: { percent: 20 } });
    expect(await manifestIn(store, 'beta')).toMatchObject({ halted: true });
    await expect(raise(feed)).rejects.toThrow('0.2.0 is halted.');
    expect((await feed.standing('stable'))?.state).toMatchObject({ action: 'halt', reason: 'sound is gone' });
    await feed.halt('stable', false, null);
    expect(await manifestIn(store)).toMatchObject({ halted: false, rollout: { percent: 20 } });
  });

  it('is signed later each time, also by a clock that was set back: apps take the earlier one for a replay', async () => {
    let nowMs = NOW;
    const { store, feed } = await begin(() => nowMs);
    const before = await manifestIn(store);
    nowMs -= 7 * 86_400_000;
    await feed.halt('stable', true, null);
    const after = await manifestIn(store);
    expect(Date.parse(after?.signedAt ?? '')).toBeGreaterThan(Date.parse(before?.signedAt ?? ''));
  });

  it('is renewed for as long again, as it stands', async () => {
    let nowMs = NOW;
    const { store, feed } = await begin(() => nowMs);
    nowMs += 50 * 86_400_000;
    await feed.renew('stable');
    expect(await manifestIn(store)).toMatchObject({
      expiresAt: new Date(nowMs + 60 * 86_400_000).toISOString(),
      releasedAt: new Date(NOW).toISOString(),
      rollout: { percent: 5 },
    });
    expect((await feed.standing('stable'))?.state.percentSince).toBe(new Date(NOW).toISOString());
  });

  it('offers to stable what beta had, when it is promoted, and beta stays as it is', async () => {
    const store = await folderStore();
    const feed = openFeed(store);
    await feed.publish(await built('0.3.0-beta.1', { platforms: [''] }), null);
    expect(await manifestIn(store)).toBeNull();
    await feed.raise('beta', { percent: 100 });
    await feed.promote();
    expect(await manifestIn(store)).toMatchObject({
      version: '0.3.0-beta.1',
      channel: 'stable',
      rollout: { percent: 5 },
    });
    expect(await manifestIn(store, 'beta')).toMatchObject({ rollout: { percent: 100 } });
    expect(await brokenIn(store)).toEqual([]);
    await feed.raise('stable', { percent: null });
    expect(await manifestIn(store)).toMatchObject({ rollout: { percent: 20 } });
    expect(await manifestIn(store, 'beta')).toMatchObject({ rollout: { percent: 100 } });
  });

  it('leaves beta alone where it is ahead', async () => {
    const store = await folderStore();
    const feed = openFeed(store);
    await feed.publish(await built('0.4.0-beta.1', { platforms: [''] }), null);
    expect(await feed.publish(await built('0.3.0', { platforms: [''] }), null)).toMatchObject({
      channels: ['stable'],
    });
    await feed.halt('stable', true, null);
    expect(await manifestIn(store, 'beta')).toMatchObject({ version: '0.4.0-beta.1', halted: false });
  });

  it('never goes back, nor to a version that is there with other files', async () => {
    const { store, feed } = await begin();
    const older = await built('0.1.0', { platforms: [''] });
    const writes = recording(store);
    await expect(openFeed(writes.store).publish(older, null)).rejects.toThrow('which is newer than 0.1.0');
    await expect(openFeed(writes.store).publish(await built('0.2.0', { salt: 'x' }), null)).rejects.toThrow(
      'of other files',
    );
    await expect(feed.publish(await built('0.2.1', { platforms: [''] }), '0.3.0')).rejects.toThrow(
      'minimum version',
    );
    expect(writes.writes).toEqual([]);
  });
});

describe('who signs', () => {
  it('is somebody whom apps believe, or nothing is sent', async () => {
    const store = await folderStore();
    const stranger = newKey();
    const release = await built('0.2.0', { platforms: [''] });
    await expect(openFeed(store, { keys: [stranger] }).publish(release, null)).rejects.toThrow(
      'No app believes the key',
    );
    await expect(openFeed(store, { keys: [] }).publish(release, null)).rejects.toThrow('no key to sign with');
    expect(await keysIn(store, '')).toEqual([]);
  });

  it('may be another, by both keys first and by the new one alone afterwards', async () => {
    const store = await folderStore();
    const next = newKey();
    await openFeed(store).publish(await built('0.2.0', { platforms: [''] }), null);
    const pins = [KEY, next];
    await openFeed(store, { keys: [KEY, next], pins }).renew('stable');
    expect(await manifestIn(store)).toMatchObject({ version: '0.2.0' });
    await openFeed(store, { keys: [next], pins: [next] }).raise('stable', { percent: null });
    await expect(manifestIn(store)).rejects.toThrow('no pinned key');
    expect((await openFeed(store, { keys: [], pins }).standing('stable'))?.manifest.rollout.percent).toBe(20);
  });

  it('signs nothing that somebody else put into the store', async () => {
    const store = await folderStore();
    const stranger = newKey();
    await openFeed(store).publish(await built('0.2.0', { platforms: [''] }), null);
    const forged = await folderStore();
    await openFeed(forged, { keys: [stranger], pins: [stranger] }).publish(
      await built('0.9.0', { platforms: [''] }),
      null,
    );
    const theirs = await openChannelLog(forged, 'stable').latest();
    await openChannelLog(store, 'stable').update(() => theirs?.value ?? 'unchanged');
    await expect(openFeed(store).raise('stable', { percent: null })).rejects.toThrow('none of the keys');
    expect(await manifestIn(store)).toMatchObject({ version: '0.2.0' });
  });

  it('sends nothing over what others put there by hand, unless it is the same', async () => {
    const store = await folderStore();
    const release = await built('0.2.0', { platforms: [''] });
    const [first] = release.installers;
    await store.putFile(feedKey(first?.name ?? ''), first?.path ?? '', {
      contentType: 'application/octet-stream',
    });
    await store.put(feedKey(release.installers[1]?.name ?? ''), Buffer.from('other'), {
      contentType: 'text/plain',
    });
    await expect(openFeed(store).publish(release, null)).rejects.toThrow('with other bytes');
    await store.delete([feedKey(release.installers[1]?.name ?? '')]);
    expect(await openFeed(store).publish(release, null)).toMatchObject({ alreadyThere: 1, sent: 3 });
  });

  it('sends nothing that changed after it was checked', async () => {
    const store = await folderStore();
    const release = await built('0.2.0', { platforms: [''] });
    await writeFile(release.blockmaps[0]?.path ?? '', 'another block map');
    await expect(openFeed(store).publish(release, null)).rejects.toThrow('changed while it was sent');
    expect(await manifestIn(store)).toBeNull();
  });
});
