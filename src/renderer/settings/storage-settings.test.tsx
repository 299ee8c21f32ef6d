// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { HostStatus } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Downloads, PinSource } from '../../contract/offline.ts';
import { DEFAULT_SETTINGS, GIGABYTE, type Settings } from '../../contract/settings.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { downloadsStore } from '../offline/downloads-store.ts';
import { downloadsWith, pinOfAlbum, statusWith } from '../status/status-for-tests.ts';
import { statusStore } from '../status/status-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { Toasts } from '../ui/toasts.tsx';
import { SettingsPage } from './settings-page.tsx';
import { settingsStore } from './settings-store.ts';

withoutLayout();

let host: HostForTests;
let kept: Settings;
let downloads: Downloads;
let shell: 'electron' | 'web';
let chosenFolder: string | null;
/** What comes of moving: the test decides, and when. */
let moving: PromiseWithResolvers<HostStatus>;

const move = ({ source, before }: { readonly source: PinSource; readonly before: PinSource | null }) => {
  const isOf = (id: string | undefined) => (pin: { readonly source: PinSource }) => pin.source.id === id;
  const moved = downloads.pins.filter(isOf(source.id));
  const rest = downloads.pins.filter((pin) => !isOf(source.id)(pin));
  const place = before === null ? rest.length : rest.findIndex(isOf(before.id));
  downloads = { ...downloads, pins: [...rest.slice(0, place), ...moved, ...rest.slice(place)] };
  return downloads;
};

beforeEach(() => {
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  kept = DEFAULT_SETTINGS;
  downloads = downloadsWith();
  shell = 'electron';
  chosenFolder = null;
  moving = Promise.withResolvers<HostStatus>();
  settingsStore.setState(DEFAULT_SETTINGS, true);
  statusStore.setState(statusWith(), true);
  downloadsStore.setState(downloads, true);
  host = standInHost({
    'settings.change': (change: Partial<Settings>) => {
      kept = { ...kept, ...change };
      return kept;
    },
    'app.info': () => ({ shell, platform: 'linux' }),
    'cache.clear': () => statusWith({ cache: { ...statusWith().cache, bytes: 0, tracks: 0 } }),
    'downloads.removeAll': () => downloadsWith(),
    'downloads.pause': () => ({ ...downloads, isPaused: true }),
    'downloads.resume': () => downloads,
    'downloads.retry': () => downloads,
    'downloads.unpin': () => downloadsWith(),
    'downloads.move': move,
    'storage.chooseFolder': () => chosenFolder,
    'storage.moveTo': () => moving.promise,
    'storage.openFolder': () => null,
    'storage.eraseAll': () => statusWith({ playable: { tracks: 0, durationMs: 0 } }),
  });
});
afterEach(() => {
  cleanup();
  useToastStore.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

const open = (): { readonly addresses: () => readonly string[] } => {
  const { hook, history } = memoryLocation({ path: '/settings/storage', record: true });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={hook}>
        <SettingsPage page="storage" />
      </Router>
      <Toasts />
    </QueryClientProvider>,
  );
  return { addresses: () => history };
};
const asked = (method: string): readonly unknown[] =>
  host.calls.filter((call) => call.method === method).map((call) => call.argument);
const toasts = (): readonly string[] => useToastStore.getState().toasts.map((toast) => toast.text);

describe('offline & storage', () => {
  it('says what music takes and what is free', () => {
    open();
    expect(screen.getByRole('heading', { level: 1, name: 'Offline & storage' })).toBeTruthy();
    expect(
      screen.getByRole('img', { name: /^18.4\sGB kept on purpose and 5.9\sGB kept while playing/ }),
    ).toBeTruthy();
    expect(screen.getByText(/^18.4\sGB of 40\sGB$/)).toBeTruthy();
    expect(screen.getByText(/^5.9\sGB of 10\sGB$/)).toBeTruthy();
    expect(screen.getByText(/^212\sGB$/)).toBeTruthy();
  });

  it('changes both limits, and offers none and automatic', async () => {
    open();
    fireEvent.change(screen.getByRole('combobox', { name: 'Limit for music you keep' }), {
      target: { value: String(80 * GIGABYTE) },
    });
    await expect.poll(() => kept.pinnedLimitBytes).toBe(80 * GIGABYTE);
    fireEvent.change(screen.getByRole('combobox', { name: 'Limit for music you keep' }), {
      target: { value: 'null' },
    });
    await expect.poll(() => kept.pinnedLimitBytes).toBeNull();
    const cached = screen.getByRole('combobox', { name: 'Limit for what was played' });
    expect(within(cached).getByRole('option', { name: /^Automatic: 10\sGB$/ })).toBeTruthy();
    fireEvent.change(cached, { target: { value: String(2 * GIGABYTE) } });
    await expect.poll(() => kept.cachedLimitBytes).toBe(2 * GIGABYTE);
  });

  it('shows a limit that is none of those on offer', () => {
    settingsStore.setState({ pinnedLimitBytes: 13 * GIGABYTE });
    open();
    expect(screen.getByRole('combobox', { name: 'Limit for music you keep' })).toHaveProperty(
      'value',
      String(13 * GIGABYTE),
    );
  });

  it('says that what goes over a lowered limit stays', () => {
    settingsStore.setState({ pinnedLimitBytes: 5 * GIGABYTE });
    open();
    expect(screen.getByText(/^More than that is kept already/)).toBeTruthy();
  });

  it('switches fetching ahead and on metered networks, with what the system says of this one', async () => {
    statusStore.setState({ isMetered: true });
    open();
    fireEvent.click(screen.getByRole('switch', { name: 'Fetch what comes next ahead' }));
    await expect.poll(() => kept.prefetch).toBe(false);
    fireEvent.click(screen.getByRole('switch', { name: 'Fetch on metered networks' }));
    await expect.poll(() => kept.fetchOnMetered).toBe(true);
    expect(screen.getByText(/This network is metered\.$/)).toBeTruthy();
  });

  it('says when the folder cannot be written, and when the key is only in memory', () => {
    const { cache, storage } = statusWith();
    statusStore.setState({ cache: { ...cache, failure: 'EROFS' } });
    open();
    expect(screen.getByRole('alert').textContent).toContain('The folder cannot be written.');
    act(() => statusStore.setState({ cache, storage: { ...storage, key: 'memory' } }));
    expect(screen.getByRole('note').textContent).toBe(
      'What is kept here plays only until you quit, because this system has no key store.',
    );
    act(() => statusStore.setState({ storage: { ...storage, key: 'unavailable' } }));
    expect(screen.getByRole('alert').textContent).toContain('does not answer');
  });
});

describe('making room', () => {
  it('clears what was played only after a second word', async () => {
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    const dialog = screen.getByRole('dialog', { name: 'Clear what was played?' });
    expect(dialog.textContent).toMatch(/5.9\sGB are freed. 214 tracks need the network/);
    expect(asked('cache.clear')).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Clear' }));
    await expect.poll(toasts).toEqual([expect.stringMatching(/^5.9\sGB freed$/)]);
    expect(screen.getByRole('button', { name: 'Clear' })).toHaveProperty('disabled', true);
  });

  it('removes everything kept, after saying what that means', async () => {
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    const dialog = screen.getByRole('dialog', { name: 'Remove everything kept?' });
    expect(dialog.textContent).toMatch(/18.4\sGB are freed. 990 tracks no longer play/);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await expect.poll(() => asked('downloads.removeAll')).toHaveLength(1);
  });

  it('erases everything, and says that it cannot be taken back; Cancel erases nothing', async () => {
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Erase' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Erase' }));
    const dialog = screen.getByRole('dialog', { name: 'Erase everything on this computer?' });
    expect(dialog.textContent).toMatch(/1,204 tracks, 24.3\sGB.* cannot be taken back/);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Erase' }));
    await expect.poll(toasts).toEqual(['Everything was erased']);
    expect(asked('storage.eraseAll')).toHaveLength(1);
  });
});

describe('the folder', () => {
  const moveButton = async (): Promise<HTMLElement> => {
    const button = await screen.findByRole('button', { name: 'Move…' });
    await expect.poll(() => button.hasAttribute('disabled')).toBe(false);
    return button;
  };
  const underWay = (): void =>
    act(() =>
      host.calls.length === 0
        ? undefined
        : statusStore.setState({
            storage: {
              ...statusWith().storage,
              moving: { to: '/media/disk', doneBytes: 3 * GIGABYTE, totalBytes: 24 * GIGABYTE },
            },
          }),
    );

  it('is chosen with the system’s dialog in the desktop shell; cancelling moves nothing', async () => {
    open();
    fireEvent.click(await moveButton());
    await expect.poll(() => asked('storage.chooseFolder')).toHaveLength(1);
    expect(asked('storage.moveTo')).toEqual([]);
    chosenFolder = '/media/disk';
    fireEvent.click(await moveButton());
    await expect.poll(() => asked('storage.moveTo')).toEqual([{ folder: '/media/disk' }]);
    underWay();
    expect(screen.getByText(/^Moving to \/media\/disk: 3\sGB of 24\sGB$/)).toBeTruthy();
    expect(screen.getByRole('progressbar')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Move…' })).toHaveProperty('disabled', true);
    moving.resolve(statusWith({ storage: { ...statusWith().storage, folder: '/media/disk/Riffle' } }));
    await expect.poll(toasts).toEqual(['The folder has moved']);
    expect(screen.getByText('/media/disk/Riffle')).toBeTruthy();
  });

  it('is typed in the browser, and what is wrong with it stands below the field', async () => {
    shell = 'web';
    open();
    fireEvent.click(await moveButton());
    const dialog = screen.getByRole('dialog', { name: 'Move the folder' });
    const field = within(dialog).getByRole('textbox', { name: 'New folder' });
    const go = within(dialog).getByRole('button', { name: 'Move' });
    expect(go).toHaveProperty('disabled', true);
    fireEvent.change(field, { target: { value: 'music' } });
    expect(within(dialog).getByRole('alert').textContent).toContain('Write the whole path');
    fireEvent.change(field, { target: { value: '/home/nils/.cache/riffle/x' } });
    expect(within(dialog).getByRole('alert').textContent).toContain('lies there already');
    fireEvent.change(field, { target: { value: '/root' } });
    fireEvent.click(go);
    moving.reject(new HostFailure('storage_failed', 'EACCES'));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('It cannot be written');
    moving = Promise.withResolvers<HostStatus>();
    fireEvent.change(field, { target: { value: '/media/disk' } });
    expect(within(dialog).queryByRole('alert')).toBeNull();
    fireEvent.keyDown(field, { key: 'Enter' });
    await expect.poll(() => asked('storage.moveTo')).toHaveLength(2);
    underWay();
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    moving.resolve(statusWith());
    await expect.poll(toasts).toEqual(['The folder has moved']);
  });

  it('stays where it is when moving fails half-way, and that is said', async () => {
    chosenFolder = '/media/disk';
    open();
    fireEvent.click(await moveButton());
    await expect.poll(() => asked('storage.moveTo')).toHaveLength(1);
    underWay();
    moving.reject(new HostFailure('storage_failed', 'ENOSPC'));
    await expect.poll(toasts).toEqual(['The folder stays where it is']);
  });

  it('opens in the system’s file manager', async () => {
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Open folder' }));
    await expect.poll(() => asked('storage.openFolder')).toHaveLength(1);
  });
});

describe('what is kept', () => {
  const valid = { state: 'valid', validUntil: '2026-12-21T10:00:00Z' } as const;
  const show = (changes: Partial<Downloads>) => {
    downloads = downloadsWith({ lease: valid, ...changes });
    downloadsStore.setState(downloads, true);
    return open();
  };
  const row = (title: string): HTMLElement =>
    screen.getByText(title, { selector: 'a, span' }).closest('[role=listitem]') as HTMLElement;
  const titles = (): readonly string[] =>
    [...document.querySelectorAll('[data-pin] [title]:is(a)')].map((link) => link.textContent ?? '');
  const menu = (title: string): HTMLElement => {
    fireEvent.keyDown(within(row(title)).getByRole('button', { name: `What to do with ${title}` }), {
      key: 'Enter',
    });
    return screen.getByRole('menu');
  };

  it('says so when it is nothing, and how to change that', () => {
    const { addresses } = show({ lease: { state: 'none' } });
    expect(screen.getByRole('heading', { name: 'Nothing is kept yet' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Browse albums' }));
    expect(addresses().at(-1)).toBe('/albums');
  });

  it('tells how each thing stands, in words', () => {
    show({
      pins: [
        pinOfAlbum('Vatnið'),
        pinOfAlbum('Flussabwärts', {
          state: { kind: 'waiting', cause: 'offline' },
          trackCount: 9,
          keptCount: 4,
          bytes: 188_000_000,
        }),
        pinOfAlbum('Later', { state: { kind: 'queued' }, trackCount: 3, keptCount: 0 }),
        pinOfAlbum('T.N.T.', { state: { kind: 'failed', failure: 'storage_failed' }, failedCount: 2 }),
      ],
    });
    expect(within(row('Vatnið')).getByText('11 tracks')).toBeTruthy();
    expect(within(row('Vatnið')).getByText(/^412\sMB$/)).toBeTruthy();
    expect(within(row('Flussabwärts')).getByText('4 of 9, waits for network')).toBeTruthy();
    expect(within(row('Later')).getByText('0 of 3, waits its turn')).toBeTruthy();
    expect(within(row('T.N.T.')).getByText('the disk is full or cannot be written')).toBeTruthy();
    expect(screen.getByText('Good until 21 Dec 2026')).toBeTruthy();
    expect(screen.getByText('Renewed when online')).toBeTruthy();
  });

  it('warns in the last week, and says what unlocks it when the date is over', () => {
    show({ pins: [pinOfAlbum('Vatnið')], lease: { state: 'ending', validUntil: valid.validUntil } });
    expect(screen.getByText('Only until 21 Dec 2026: connect once before')).toBeTruthy();
    act(() => downloadsStore.setState({ lease: { state: 'over', validUntil: valid.validUntil } }));
    expect(screen.getByText('Locked since 21 Dec 2026: connect once')).toBeTruthy();
    expect(within(row('Vatnið')).getByText('11 tracks, locked')).toBeTruthy();
  });

  it('tries again what failed, from the row', async () => {
    show({
      pins: [pinOfAlbum('T.N.T.', { state: { kind: 'failed', failure: 'not_found' }, failedCount: 2 })],
    });
    fireEvent.click(screen.getByRole('button', { name: '2 failed. Try again: T.N.T.' }));
    await expect.poll(() => asked('downloads.retry')).toMatchObject([{ source: { kind: 'album' } }]);
  });

  it('pauses and goes on as a whole, with what is left to fetch', async () => {
    show({
      pins: [pinOfAlbum('Vatnið', { state: { kind: 'fetching' }, remainingBytes: 300_000_000 })],
      waitingTracks: 5,
      remainingMs: 12 * 60_000,
      bytesPerSecond: 2_400_000,
    });
    expect(screen.getByText(/^5 tracks to go, about 12\smin, 300\sMB, 2.4\sMB a second$/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Pause all' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Resume all' }));
    await expect.poll(() => asked('downloads.resume')).toEqual([{ source: null }]);
    expect(asked('downloads.pause')).toEqual([{ source: null }]);
  });

  it('changes the order of fetching from the menu and with Alt and the arrows, keeping the focus', async () => {
    show({ pins: ['One', 'Two', 'Three'].map((title) => pinOfAlbum(title)) });
    fireEvent.click(within(menu('Three')).getByRole('menuitem', { name: 'Fetch first' }));
    await expect.poll(titles).toEqual(['Three', 'One', 'Two']);
    const button = within(row('Three')).getByRole('button', { name: 'What to do with Three' });
    button.focus();
    fireEvent.keyDown(button, { key: 'ArrowDown', altKey: true });
    await expect.poll(titles).toEqual(['One', 'Three', 'Two']);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('What to do with Three');
    expect(screen.getByText('Three is fetched later')).toBeTruthy();
  });

  it('is let go from the menu, which can be undone', async () => {
    show({ pins: [pinOfAlbum('Vatnið')] });
    fireEvent.click(within(menu('Vatnið')).getByRole('menuitem', { name: 'Stop keeping' }));
    await expect.poll(() => asked('downloads.unpin')).toHaveLength(1);
    await expect.poll(() => useToastStore.getState().toasts[0]?.action?.label).toBe('Undo');
  });

  it('keeps 400 things out of the document but a few', () => {
    show({
      pins: Array.from({ length: 400 }, (_, index) =>
        pinOfAlbum(
          `Album ${'abcdefghij'.charAt(index % 10)}${'abcdefghij'.charAt(Math.floor(index / 10) % 10)}${'abcdefghij'.charAt(Math.floor(index / 100))}`,
        ),
      ),
    });
    expect(screen.getAllByRole('listitem').length).toBeLessThan(60);
  });
});
