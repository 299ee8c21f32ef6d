/** Electron's security checklist, point 20: what of Electron the page can reach. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { HostBridge } from '../../src/contract/host-api.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../src/contract/ipc-channels.ts';

const electron = vi.hoisted(() => ({
  exposed: [] as (readonly [string, unknown])[],
  invoked: [] as (readonly unknown[])[],
  listeners: new Map<string, (...given: readonly unknown[]) => void>(),
}));
vi.mock('electron/renderer', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => electron.exposed.push([name, value]),
  },
  ipcRenderer: {
    invoke: async (...given: readonly unknown[]) => {
      electron.invoked.push(given);
      return { ok: true, value: null };
    },
    on: (channel: string, listener: () => void) => electron.listeners.set(channel, listener),
    off: (channel: string) => electron.listeners.delete(channel),
  },
}));

let bridge: HostBridge;
beforeEach(async () => {
  vi.resetModules();
  electron.exposed.length = 0;
  electron.invoked.length = 0;
  electron.listeners.clear();
  await import('../../src/preload/index.ts');
  const [[, exposed] = []] = electron.exposed;
  bridge = exposed as HostBridge;
});

it('is one object with three members, and nothing of Electron’s', () => {
  expect(electron.exposed.map(([name]) => name)).toEqual(['riffle']);
  expect(Object.keys(bridge).toSorted()).toEqual(['invoke', 'shell', 'subscribe']);
});

it('passes on calls of the contract alone, over one channel', async () => {
  await bridge.invoke('settings.get', null);
  for (const name of ['toString', '__proto__', 'shell.openExternal', '', 'constructor']) {
    expect(await bridge.invoke(name as 'settings.get', null)).toMatchObject({ ok: false });
  }
  expect(electron.invoked).toEqual([[CALL_CHANNEL, 'settings.get', null]]);
});

it('tells of events of the contract alone, and hands no sender on', () => {
  const heard: (readonly unknown[])[] = [];
  bridge.subscribe('nothing' as 'settings', () => heard.push([]));
  expect(electron.listeners.size).toBe(0);
  const leave = bridge.subscribe('history', (...given) => heard.push(given));
  electron.listeners.get(EVENT_CHANNEL)?.({ sender: 'Electron’s own' }, 'history', []);
  electron.listeners.get(EVENT_CHANNEL)?.({ sender: 'Electron’s own' }, 'settings', {});
  expect(heard).toEqual([[[]]]);
  leave();
  expect(electron.listeners.size).toBe(0);
});
