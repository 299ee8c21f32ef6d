// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { Downloads, Pin, PinSource, PinState } from '../../contract/offline.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { speak } from '../i18n/i18n.ts';
import { closePremiumExplanation } from '../session/explain-premium.ts';
import { PremiumDialog } from '../session/premium-dialog.tsx';
import { accountWith, listening } from '../session/session-for-tests.ts';
import { sessionStore } from '../session/session-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { Toasts } from '../ui/toasts.tsx';
import { downloadsStore, followDownloads } from './downloads-store.ts';
import { KeepButton } from './keep-button.tsx';

withoutLayout();

const ALBUM: PinSource = { kind: 'album', id: 'a'.repeat(20) };
const OTHER: PinSource = { kind: 'artist', id: 'b'.repeat(20) };
const pinFor = (source: PinSource, state: PinState, part: Partial<Pin> = {}): Pin => ({
  source,
  title: 'Flussabwärts',
  artists: 'Lene Wörner Trio',
  artwork: null,
  addedAt: '2026-11-21T10:00:00Z',
  state,
  trackCount: 9,
  keptCount: 4,
  failedCount: 0,
  bytes: 40,
  remainingBytes: 60,
  ...part,
});

/** A host that keeps what it is told to, at once queued. */
let pins: readonly Pin[];
let refusal: HostErrorCode | null;
let host: HostForTests;
const asDownloads = (part: Partial<Downloads> = {}): Downloads => ({
  pins,
  lease: { state: 'none' },
  isPaused: false,
  bytesPerSecond: null,
  remainingMs: null,
  waitingTracks: 0,
  ...part,
});
const setStateOf = (state: PinState) => (): Downloads => {
  pins = pins.map((pin) => ({ ...pin, state }));
  return asDownloads();
};
const callsOf = (method: string): readonly unknown[] =>
  host.calls.filter((call) => call.method === method).map((call) => call.argument);

beforeEach(() => {
  sessionStore.setState(listening(), true);
  closePremiumExplanation();
  pins = [];
  refusal = null;
  host = standInHost({
    'downloads.get': () => asDownloads(),
    'downloads.pin': ({ source }: { source: PinSource }) => {
      if (refusal !== null) throw new HostFailure(refusal, 'no');
      pins = [...pins, pinFor(source, { kind: 'queued' }, { keptCount: 0 })];
      return asDownloads();
    },
    'downloads.unpin': () => {
      pins = [];
      return asDownloads();
    },
    'downloads.pause': setStateOf({ kind: 'paused' }),
    'downloads.resume': setStateOf({ kind: 'fetching' }),
    'downloads.retry': setStateOf({ kind: 'queued' }),
    'downloads.move': () => asDownloads(),
  });
});
afterEach(() => {
  cleanup();
  speak('en');
  useToastStore.setState({ toasts: [] });
});

const open = async (): Promise<HTMLButtonElement> => {
  await followDownloads((failure) => {
    throw failure;
  });
  render(
    <>
      <KeepButton source={ALBUM} title="Flussabwärts" />
      <PremiumDialog />
      <Toasts />
    </>,
  );
  return screen.getByRole<HTMLButtonElement>('button', { name: /Keep|Kept|Wait|failed|of 9|Paus|Lock/ });
};
const openWith = (state: PinState, part: Partial<Pin> = {}): Promise<HTMLButtonElement> => {
  pins = [pinFor(ALBUM, state, part)];
  return open();
};
const choose = async (button: HTMLButtonElement, name: string): Promise<void> => {
  button.focus();
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name }));
  // The menu gives the focus back a moment after it closed, and would close another that is open by then.
  await expect.poll(() => document.activeElement).toBe(button);
};

describe('the button that keeps music offline', () => {
  it('keeps it on a press, says how far it is, and stays the same element', async () => {
    const button = await open();
    button.focus();
    expect([button.textContent, button.getAttribute('aria-haspopup')]).toEqual(['Keep offline', null]);
    fireEvent.pointerDown(button);
    expect(callsOf('downloads.pin')).toEqual([]);
    fireEvent.click(button);
    await expect.poll(() => button.textContent).toBe('Waits its turn, 0 of 9');
    expect(callsOf('downloads.pin')).toEqual([{ source: ALBUM }]);
    expect([document.activeElement, button.getAttribute('aria-haspopup')]).toEqual([button, 'menu']);
    act(() => host.push('downloads', asDownloads({ pins: [pinFor(ALBUM, { kind: 'fetching' })] })));
    expect(button.textContent).toBe('Keeping offline, 4 of 9');
  });

  it('keeps it once, however often it is pressed, by mouse or by key', async () => {
    const button = await open();
    fireEvent.click(button);
    fireEvent.click(button);
    fireEvent.keyDown(button, { key: 'Enter' });
    await expect.poll(() => button.textContent).toContain('Waits its turn');
    expect(callsOf('downloads.pin')).toHaveLength(1);
  });

  it('keeps it with the key alone, and not with an arrow', async () => {
    const button = await open();
    fireEvent.keyDown(button, { key: 'ArrowDown' });
    expect(callsOf('downloads.pin')).toEqual([]);
    fireEvent.keyDown(button, { key: 'Enter' });
    await expect.poll(() => button.textContent).toContain('Waits its turn');
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it.each<[HostErrorCode, string]>([
    ['offline', 'Reason: there is no network.'],
    ['limit_reached', 'Reason: it would go over the limit for kept music.'],
  ])('says why it cannot be kept: %s', async (code, reason) => {
    refusal = code;
    const button = await open();
    fireEvent.click(button);
    expect(await screen.findByText(reason)).toBeTruthy();
    expect(button.textContent).toBe('Keep offline');
  });

  it.each<[string, PinState, Partial<Pin>]>([
    ['Kept offline', { kind: 'kept' }, { keptCount: 9 }],
    ['4 of 9, waits for network', { kind: 'waiting', cause: 'offline' }, {}],
    ['4 of 9, waits for the service', { kind: 'waiting', cause: 'service_unreachable' }, {}],
    ['4 of 9, network is metered', { kind: 'waiting', cause: 'metered' }, {}],
    ['Paused, 4 of 9', { kind: 'paused' }, {}],
    ['2 failed. Try again', { kind: 'failed', failure: 'not_found' }, { failedCount: 2 }],
  ])('says in words: %s', async (words, state, part) => {
    const button = await openWith(state, part);
    expect(button.textContent).toBe(words);
  });

  it('says that kept music is locked when its date is over', async () => {
    pins = [pinFor(ALBUM, { kind: 'kept' })];
    const button = await open();
    const over = { state: 'over', validUntil: '2026-11-01T00:00:00Z' } as const;
    act(() => host.push('downloads', asDownloads({ lease: over })));
    expect(button.textContent).toBe('Locked until online');
  });

  it('stays as wide as it was on its way when all is there', async () => {
    const button = await openWith({ kind: 'kept' });
    const reserved = (): string | undefined =>
      button.querySelector<HTMLElement>('[data-other]')?.dataset['other'];
    expect(reserved()).toBeUndefined();
    for (const state of [{ kind: 'fetching' }, { kind: 'kept' }] as const) {
      act(() => host.push('downloads', asDownloads({ pins: [pinFor(ALBUM, state)] })));
      expect(reserved()).toBe('Keeping offline, 9 of 9');
    }
  });

  it('pauses and goes on', async () => {
    const button = await openWith({ kind: 'fetching' });
    await choose(button, 'Pause');
    await expect.poll(() => button.textContent).toBe('Paused, 4 of 9');
    await choose(button, 'Go on');
    await expect.poll(() => button.textContent).toBe('Keeping offline, 4 of 9');
    expect([callsOf('downloads.pause'), callsOf('downloads.resume')]).toEqual([
      [{ source: ALBUM }],
      [{ source: ALBUM }],
    ]);
  });

  it('tries what failed again, and tells the reason', async () => {
    const button = await openWith({ kind: 'failed', failure: 'storage_failed' }, { failedCount: 1 });
    expect(button.getAttribute('data-tooltip')).toBe('Reason: the disk is full or cannot be written');
    await choose(button, 'Try again');
    await expect.poll(() => callsOf('downloads.retry')).toEqual([{ source: ALBUM }]);
  });

  it('goes before everything that is still to be fetched', async () => {
    pins = [
      pinFor({ kind: 'track', id: 'c'.repeat(20) }, { kind: 'kept' }),
      pinFor(OTHER, { kind: 'fetching' }),
      pinFor(ALBUM, { kind: 'queued' }),
    ];
    await choose(await open(), 'Fetch first');
    await expect.poll(() => callsOf('downloads.move')).toEqual([{ source: ALBUM, before: OTHER }]);
  });

  it('is not offered the first place when it has it', async () => {
    pins = [pinFor(ALBUM, { kind: 'fetching' }), pinFor(OTHER, { kind: 'queued' })];
    const button = await open();
    fireEvent.keyDown(button, { key: 'Enter' });
    await screen.findByRole('menu');
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Pause',
      'Stop keeping',
      'Everything that is kept',
    ]);
  });

  it('lets go, and takes it back', async () => {
    const button = await openWith({ kind: 'kept' });
    await choose(button, 'Stop keeping');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await expect.poll(() => callsOf('downloads.pin')).toEqual([{ source: ALBUM }]);
    expect(downloadsStore.getState().pins).toHaveLength(1);
  });

  describe('of a listener who may not keep music', () => {
    const UNTIL = { state: 'valid', validUntil: '2026-12-12T10:00:00Z' } as const;
    const free = listening(accountWith({ tier: 'free' }));
    const isExplained = () => screen.findByRole('dialog', { name: 'Keep music offline' });

    it('stands where it always stands, and explains what premium is in place of failing', async () => {
      sessionStore.setState(free, true);
      fireEvent.click(await open());
      expect(await isExplained()).toBeTruthy();
      expect(callsOf('downloads.pin')).toEqual([]);
      expect(useToastStore.getState().toasts).toEqual([]);
      fireEvent.click(screen.getByRole('button', { name: 'Close' }));
      expect(screen.queryByRole('dialog')).toBeNull();
    });

    it('explains as well when the service knows first that premium is over', async () => {
      refusal = 'premium_required';
      fireEvent.click(await open());
      expect(await isExplained()).toBeTruthy();
      expect(useToastStore.getState().toasts).toEqual([]);
    });

    it('says until when plays what was kept before', async () => {
      sessionStore.setState(free, true);
      const button = await openWith({ kind: 'kept' });
      act(() => downloadsStore.setState({ lease: UNTIL }));
      expect(button.textContent).toBe('Kept until 12 Dec');
      act(() => downloadsStore.setState({ lease: { ...UNTIL, state: 'over' } }));
      expect(button.textContent).toBe('Locked until premium');
    });

    it('explains premium where trying again could only fail', async () => {
      sessionStore.setState(free, true);
      const state = { kind: 'failed', failure: 'premium_required' } as const;
      fireEvent.keyDown(await openWith(state, { failedCount: 2 }), { key: 'Enter' });
      fireEvent.click(await screen.findByRole('menuitem', { name: 'Try again' }));
      const dialog = await isExplained();
      // The menu gives the focus back as it closes; the dialog keeps it.
      await expect.poll(() => dialog.contains(document.activeElement)).toBe(true);
      expect(callsOf('downloads.retry')).toEqual([]);
    });

    it('lets go without an Undo that could not be kept', async () => {
      sessionStore.setState(free, true);
      await choose(await openWith({ kind: 'kept' }), 'Stop keeping');
      await screen.findAllByText('Flussabwärts is no longer kept');
      expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    });
  });

  it('speaks German', async () => {
    pins = [pinFor(ALBUM, { kind: 'fetching' })];
    const button = await open();
    act(() => speak('de'));
    expect(button.textContent).toBe('4 von 9 geladen');
  });
});
