// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/update.ts';
import { UPDATE_FAILURES } from '../../core/update/update-state.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { speak } from '../i18n/i18n.ts';
import { playbackStore } from '../playback/playback-store.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { markOf } from './update-mark.ts';
import { UpdateSettings } from './update-settings.tsx';
import { followUpdates, updateStore } from './update-store.ts';

withoutLayout();

const notes = { en: 'Gapless.\n\n- Umlauts', de: 'Lückenlos.' };
const AVAILABLE: UpdateState = {
  state: 'available',
  version: '2.0.0',
  notes,
  sizeBytes: 92_000_000,
  waits: 'ask',
};
const READY: UpdateState = { state: 'ready', version: '2.0.0', notes };
const ROLLED_BACK: UpdateState = {
  state: 'rolled_back',
  from: '2.0.0',
  to: '1.2.3',
  at: '2026-11-20T10:00:00Z',
};
const IDLE: UpdateState = { state: 'idle', checkedAt: '2026-11-20T10:00:00Z' };

let kept: Settings;
let host: HostForTests;
let answer: UpdateState;

beforeEach(() => {
  kept = DEFAULT_SETTINGS;
  answer = IDLE;
  settingsStore.setState(DEFAULT_SETTINGS, true);
  const give = (): UpdateState => answer;
  host = standInHost({
    'settings.change': (change: Partial<Settings>) => {
      kept = { ...kept, ...change };
      return kept;
    },
    'app.info': () => ({ name: 'Riffle', version: '1.2.3', shell: 'electron', licence: 'MIT' }),
    'update.get': give,
    'update.check': give,
    'update.download': give,
    'update.install': give,
    'update.skip': give,
    'update.acknowledge': give,
  });
});
afterEach(() => {
  cleanup();
  speak('en');
  playbackStore.setState(playbackStore.getInitialState(), true);
  updateStore.setState(updateStore.getInitialState(), true);
  useToastStore.setState({ toasts: [] });
});

const open = (update: UpdateState): void => {
  updateStore.setState({ update });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <UpdateSettings />
    </QueryClientProvider>,
  );
};
const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }));
};
const asked = (): readonly string[] =>
  host.calls.map(({ method }) => method).filter((method) => method.startsWith('update.'));

describe('the page of updates', () => {
  it('says what runs and when it was asked, and asks now', async () => {
    open(IDLE);
    expect(await screen.findByText('You have Riffle 1.2.3.')).toBeTruthy();
    expect(screen.getByText(/^Last asked: 20 Nov, /)).toBeTruthy();
    answer = AVAILABLE;
    press('Check now');
    expect(await screen.findByText('Riffle 2.0.0 is there')).toBeTruthy();
    expect(asked()).toEqual(['update.check']);
  });

  it('shows what is new in the language of the listener, and fetches it or skips it', async () => {
    open(AVAILABLE);
    expect(screen.getByRole('heading', { name: 'What is new in 2.0.0' })).toBeTruthy();
    expect(screen.getByRole('listitem').textContent).toBe('Umlauts');
    press('Skip this version');
    press('Fetch it');
    await expect.poll(asked).toEqual(['update.skip', 'update.download']);
    expect(host.calls).toContainEqual({ method: 'update.skip', argument: { version: '2.0.0' } });
    act(() => speak('de'));
    act(() => updateStore.setState({ update: AVAILABLE }));
    expect(screen.getByText('Lückenlos.')).toBeTruthy();
  });

  it('says why a version waits, and fetches it all the same', () => {
    open({ ...AVAILABLE, waits: 'metered' });
    expect(screen.getByText(/this network is paid by use/)).toBeTruthy();
    press('Fetch it anyway');
    expect(asked()).toEqual(['update.download']);
  });

  it('shows how far it is', () => {
    open({ state: 'downloading', version: '2.0.0', doneBytes: 23_000_000, totalBytes: 92_000_000 });
    expect(screen.getByRole('progressbar', { name: 'Fetched of the update' })).toHaveProperty(
      'position',
      0.25,
    );
    expect(screen.getByText(/^23 MB of 92 MB/)).toBeTruthy();
  });

  it('restarts only when nothing plays, and says so', () => {
    playbackStore.setState({ state: { kind: 'playing' } });
    open(READY);
    const restart = screen.getByRole('button', { name: 'Restart to update' });
    expect(restart).toHaveProperty('disabled', true);
    const why = document.getElementById(restart.getAttribute('aria-describedby') ?? '');
    expect(why?.textContent).toBe('Riffle restarts only when nothing plays.');
    expect(screen.getByRole('button', { name: 'After this track' })).toBeTruthy();
    act(() => playbackStore.setState({ state: { kind: 'paused' } }));
    expect(screen.queryByRole('button', { name: 'After this track' })).toBeNull();
    press('Restart to update');
    expect(asked()).toEqual(['update.install']);
  });

  it('says what was put back and what will not come again, until that was read', async () => {
    open(ROLLED_BACK);
    expect(screen.getByText('Riffle 2.0.0 did not start')).toBeTruthy();
    expect(screen.getByText(/so 1\.2\.3 was put back .* 2\.0\.0 is not offered again/)).toBeTruthy();
    press('Understood');
    expect(await screen.findByText('Nothing newer')).toBeTruthy();
    expect(asked()).toEqual(['update.acknowledge']);
  });

  it.each(UPDATE_FAILURES)('gives a reason for %s in both languages, and tries again', (reason) => {
    open({ state: 'failed', reason, retryAt: '2026-11-20T10:00:00Z' });
    const english = screen.getByRole('status').textContent;
    act(() => speak('de'));
    expect(screen.getByRole('status').textContent).not.toBe(english);
    expect(screen.getByText(/versucht es von selbst wieder: 20\. Nov\./)).toBeTruthy();
    press('Noch einmal versuchen');
    expect(asked()).toEqual(['update.check']);
  });

  it.each(['shell', 'no_feed', 'no_rights'] as const)(
    'offers nothing to set where nothing can be updated: %s',
    (because) => {
      open({ state: 'unsupported', because });
      expect(screen.getByText('This Riffle does not update itself')).toBeTruthy();
      expect(screen.queryByRole('radio')).toBeNull();
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  it('is off when it is set to be, says what that means, and takes a skipped version back', async () => {
    settingsStore.setState({ skippedVersion: '2.0.0' });
    open(IDLE);
    fireEvent.click(screen.getByRole('radio', { name: 'Off' }));
    expect(screen.getByText(/^No question goes out\./)).toBeTruthy();
    await expect.poll(() => kept.updates).toBe('off');
    fireEvent.click(screen.getByRole('radio', { name: 'Beta' }));
    await expect.poll(() => kept.updateChannel).toBe('beta');
    settingsStore.setState({ skippedVersion: '2.0.0' });
    fireEvent.click(await screen.findByRole('button', { name: 'Offer it again' }));
    await expect.poll(asked).toEqual(['update.check']);
    expect(kept.skippedVersion).toBeNull();
  });

  it('keeps the keyboard where it was when a button goes away', async () => {
    open(IDLE);
    const check = screen.getByRole('button', { name: 'Check now' });
    check.focus();
    act(() => updateStore.setState({ update: READY }));
    const place = screen.getByText('Riffle 2.0.0 is ready').closest('[tabindex="-1"]');
    expect(document.activeElement).toBe(place);
    screen.getByRole('radio', { name: 'Stable' }).focus();
    act(() => updateStore.setState({ update: AVAILABLE }));
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Stable' }));
  });

  it('says so when the host does not answer', async () => {
    standInHost({});
    open(IDLE);
    press('Check now');
    await expect
      .poll(() => useToastStore.getState().toasts.map(({ text }) => text))
      .toEqual(['Riffle could not do that about updates']);
  });

  it('follows what the host says', async () => {
    answer = READY;
    const stop = await followUpdates(() => undefined);
    expect(updateStore.getState().update).toEqual(READY);
    host.push('update', IDLE);
    expect(updateStore.getState().update).toEqual(IDLE);
    stop();
  });
});

describe('what the settings button points to', () => {
  it('is a version until its page was opened, and then never that one again', async () => {
    expect(markOf(READY, null)).toBe('ready');
    open(READY);
    await expect.poll(() => kept.seenVersion).toBe('2.0.0');
    expect(markOf(READY, kept.seenVersion)).toBeNull();
    expect(markOf({ ...READY, version: '2.0.1' }, kept.seenVersion)).toBe('ready');
  });

  it('is a version to be asked for, but none that comes by itself', () => {
    expect(markOf(AVAILABLE, null)).toBe('available');
    expect(markOf({ ...AVAILABLE, waits: null }, null)).toBeNull();
    expect(markOf(IDLE, null)).toBeNull();
  });

  it('is a version that was taken back, until that was read', () => {
    expect(markOf(ROLLED_BACK, '2.0.0')).toBe('rolledBack');
  });
});
