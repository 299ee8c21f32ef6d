import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Track } from '../../src/contract/catalog-http.ts';
import type { SavedQueue } from '../../src/contract/playback-session.ts';
import { openHost } from '../host/open-host.ts';
import { startServiceStandIn } from '../host/service-stand-in.ts';
import { buildTrack } from '../host/track-builder.ts';

const filesUnder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

const queueOf = (track: Track): SavedQueue => ({
  version: 1,
  played: [],
  current: { entryId: 'e1', track },
  requested: [],
  upcoming: [],
  naturalOrder: ['e1'],
  shuffle: false,
  shuffleSeed: 1,
  repeat: 'off',
  origin: null,
});

describe('a private session', () => {
  it('leaves nothing of what was played in any file', async () => {
    const service = await startServiceStandIn();
    onTestFinished(() => service.close());
    const { host, folder } = await openHost(service.url);
    await host.call('history.record', { track: buildTrack('open', { title: 'Heardinpublic' }) });
    const said: boolean[] = [];
    host.subscribe('privacy', ({ isPrivate }) => said.push(isPrivate));

    await host.call('privacy.setPrivate', { on: true });
    const secret = buildTrack('secret', { title: 'Guiltypleasure' });
    const play = { id: 'private-play-1', agoMs: 30_000, heardMs: 30_000 };
    const replies = [
      await host.call('history.began', { track: secret }),
      await host.call('history.record', { track: secret, play }),
      await host.call('history.heard', { track: secret, play: { ...play, heardMs: 120_000 } }),
      await host.call('playback.saveQueue', queueOf(secret)),
    ];
    expect(replies.every(({ ok }) => ok)).toBe(true);
    await host.call('privacy.setPrivate', { on: false });
    // It began while the session was private.
    await host.call('history.record', { track: secret, play: { ...play, agoMs: 60_000 } });

    expect(said).toEqual([true, false]);
    const recent = await host.call('history.recent', { limit: 10 });
    expect(recent).toMatchObject({ ok: true, value: [{ track: { title: 'Heardinpublic' } }] });
    // Nothing is written any more, and no temporary file comes or goes while they are read.
    await host.close();
    const files = await filesUnder(folder);
    const holding = async (word: string): Promise<readonly string[]> => {
      const held: string[] = [];
      for (const file of files) if ((await readFile(file)).includes(word)) held.push(file);
      return held;
    };
    expect(await holding('Guiltypleasure')).toEqual([]);
    // The test would find it.
    expect((await holding('Heardinpublic')).length).toBeGreaterThan(0);
  });

  it('ends when the app quits', async () => {
    const service = await startServiceStandIn();
    onTestFinished(() => service.close());
    const { host, folder } = await openHost(service.url);
    await host.call('privacy.setPrivate', { on: true });
    await host.close();

    const again = await openHost(service.url, { dataFolder: join(folder, 'data') });

    expect(again.host.snapshot().privacy).toEqual({ isPrivate: false });
  });
});
