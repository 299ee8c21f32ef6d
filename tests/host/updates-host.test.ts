import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../update/world/feed.ts';
import { beginInstallation } from '../update/world/installation.ts';
import { createFeed } from '../../src/main/update/pinned-keys.ts';
import { openHost } from './open-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SERVICE = 'http://127.0.0.1:9';

const portsOver = async (asked: string[]) => {
  const root = await temporaryFolder();
  const key = makeKey();
  const begun = await beginInstallation({
    root: join(root, 'installation'),
    feedUrl: 'http://127.0.0.1:9/feed/',
    keys: key.text,
    version: '1.2.3',
    kind: 'nsis',
  });
  const fetch: typeof globalThis.fetch = async (address) => {
    asked.push(new URL(String(address)).pathname);
    throw new TypeError('nobody is there');
  };
  // Whoever gets this far would need a real one; nothing here does.
  const updater = Object.create(null) as never;
  return { fetch, updates: { feed: createFeed('http://127.0.0.1:9/feed', [key.pinned]), updater, ...begun } };
};
const ofFeed = (asked: readonly string[]): readonly string[] =>
  asked.filter((path) => path.startsWith('/feed/'));

describe('updates in the host', () => {
  it('are unsupported where the shell has none, whatever is asked of them', async () => {
    const { host } = await openHost(SERVICE);
    const unsupported = { ok: true, value: { state: 'unsupported', because: 'shell' } };
    for (const method of ['get', 'check', 'download', 'install', 'acknowledge'] as const)
      expect(await host.call(`update.${method}`, null)).toEqual(unsupported);
    expect(await host.call('update.skip', { version: '2.0.0' })).toEqual(unsupported);
    expect(host.snapshot().update).toEqual(unsupported.value);
  });

  it('need no account, tell every window how they stand, and ask nobody while they are off', async () => {
    const asked: string[] = [];
    const { host } = await openHost(SERVICE, await portsOver(asked));
    const told: string[] = [];
    host.subscribe('update', ({ state }) => told.push(state));

    await host.call('settings.change', { updates: 'off' });
    expect(await host.call('update.check', null)).toEqual({ ok: true, value: { state: 'off' } });
    expect(ofFeed(asked)).toEqual([]);

    await host.call('settings.change', { updates: 'ask' });
    await expect.poll(() => host.snapshot().update.state, { timeout: 10_000, interval: 10 }).toBe('idle');
    expect(await host.call('update.check', null)).toMatchObject({
      ok: true,
      value: { state: 'failed', reason: 'feed_unreachable' },
    });
    expect(ofFeed(asked)).toEqual(['/feed/stable.riffle.json']);
    expect(told).toEqual(['off', 'idle', 'checking', 'failed']);
  });

  it('are asked for from the channel that is set', async () => {
    const asked: string[] = [];
    const { host } = await openHost(SERVICE, await portsOver(asked));
    await host.call('settings.change', { updateChannel: 'beta' });
    await host.call('update.check', null);
    expect(ofFeed(asked)).toEqual(['/feed/beta.riffle.json']);
  });

  it('take no version that is none', async () => {
    const { host } = await openHost(SERVICE);
    for (const version of ['', 'latest', '1.0', '../1.0.0'])
      expect(await host.call('update.skip', { version })).toMatchObject({
        ok: false,
        error: { code: 'invalid_argument' },
      });
  });
});
