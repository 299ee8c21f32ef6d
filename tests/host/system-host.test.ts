/** What surrounds the window, through a whole host: commands on their way in, the proxy on its way out. */
import { expect, it } from 'vitest';
import type { HostEvents } from '../../src/contract/host-api.ts';
import type { ProxyConfiguration } from '../../src/main/ports.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { openHost } from './open-host.ts';

const NOBODY = 'http://127.0.0.1:9';
const PROXY = { mode: 'manual', server: 'http://127.0.0.1:3128', username: 'lena', bypass: '' } as const;

it('keeps a link that came before the window until a window takes it, once', async () => {
  const { host } = await openHost(NOBODY);
  const heard: HostEvents['commands'][] = [];
  host.subscribe('commands', (waiting) => heard.push(waiting));
  const command = { kind: 'open', link: { kind: 'page', page: 'albums' } } as const;
  host.system.ask(command);

  expect(await host.call('system.commands', undefined)).toEqual({ ok: true, value: [{ id: 1, command }] });
  expect(host.snapshot().commands).toHaveLength(1);
  const takes = await Promise.all([1, 2].map(() => host.call('system.took', { ids: [1] })));
  expect(takes).toEqual([
    { ok: true, value: [1] },
    { ok: true, value: [] },
  ]);
  expect(heard).toEqual([[{ id: 1, command }], []]);
});

it('tells the shell what plays, and takes no garbled word of it', async () => {
  const { host } = await openHost(NOBODY);
  const heard: unknown[] = [];
  host.system.onNowPlaying((now, before) => heard.push([before?.title, now?.title]));
  const playing = {
    trackId: '0123456789abcdefghij',
    title: 'Löss',
    artists: 'Lene Marit',
    album: 'Lehm',
    artworkId: null,
    isPlaying: true,
    canSkip: true,
  };
  await host.call('system.nowPlaying', { playing });
  const refused = await host.call('system.nowPlaying', { playing: { ...playing, title: 'x'.repeat(501) } });
  await host.call('system.nowPlaying', { playing: null });
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_argument' } });
  expect(heard).toEqual([
    [undefined, 'Löss'],
    ['Löss', undefined],
  ]);
});

it('says how the network is reached before anything is asked of it, and at every change', async () => {
  const order: string[] = [];
  const told: ProxyConfiguration[] = [];
  const secrets = createMemorySecrets();
  const { host, log } = await openHost(NOBODY, {
    secrets,
    useProxy(proxy) {
      order.push('proxy');
      told.push(proxy);
    },
    fetch: async () => {
      order.push('fetch');
      throw new TypeError('nobody there');
    },
  });
  await host.call('session.inspect', { address: NOBODY });
  expect([...new Set(order)]).toEqual(['proxy', 'fetch']);
  expect(told).toEqual([{ mode: 'system', server: '', username: '', bypass: '', password: null }]);

  await host.call('settings.change', { proxy: PROXY });
  await host.call('system.setProxyPassword', { password: 'p4ss' });
  await expect.poll(() => told.at(-1)).toEqual({ ...PROXY, password: 'p4ss' });
  expect(await host.call('system.hasProxyPassword', undefined)).toEqual({ ok: true, value: true });
  const toldOf = told.length;
  await host.call('settings.change', { autoplay: false });
  expect(told).toHaveLength(toldOf);

  await host.call('system.setProxyPassword', { password: null });
  expect(told.at(-1)?.password).toBeNull();
  expect(JSON.stringify([await host.call('settings.get', undefined), log])).not.toContain('p4ss');
});

it('reaches the network without a password where the key store does not answer', async () => {
  const told: ProxyConfiguration[] = [];
  const secrets = { ...createMemorySecrets(), read: () => Promise.reject(new Error('locked')) };
  const { host } = await openHost(NOBODY, { secrets, useProxy: (proxy) => told.push(proxy) });
  await host.call('settings.change', { proxy: PROXY });
  await expect.poll(() => told.at(-1)).toEqual({ ...PROXY, password: null });
});

it.each([
  'ftp://proxy.example',
  'http://lena:word@proxy.example',
  'http://proxy.example/path',
  'http://proxy.example\\@evil.example',
  'javascript:alert(1)',
  'proxy.example',
])('takes no proxy such as %s', async (server) => {
  const { host } = await openHost(NOBODY);
  const reply = await host.call('settings.change', { proxy: { ...PROXY, server } });
  expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_argument' } });
});
