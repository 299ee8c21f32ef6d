// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdSpot } from '../../contract/ads-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { speak } from '../i18n/i18n.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { clockStore, playbackStore } from './playback-store.ts';
import { PlayerBar } from './player-bar.tsx';
import { queueOf, spotOf } from './test-support.ts';

withoutLayout();

const HARBOUR = spotOf('X', {
  sender: 'Hafenfest Duisburg',
  durationMs: 8000,
  link: { url: 'https://hafenfest.example/', label: 'hafenfest.example' },
});
let host: HostForTests;
let browserOpens: boolean;

beforeEach(() => {
  browserOpens = true;
  host = standInHost({
    'app.openExternal': () => {
      if (!browserOpens) throw new HostFailure('internal', 'no browser');
      return null;
    },
    'ads.report': () => null,
    'playback.savePosition': () => null,
  });
  playbackStore.setState({ queue: queueOf({ current: 'E', upcoming: ['F'] }), state: { kind: 'playing' } });
  useToastStore.setState({ toasts: [] });
});
afterEach(() => {
  cleanup();
  speak('en');
  playbackStore.setState(playbackStore.getInitialState(), true);
  clockStore.setState(clockStore.getInitialState(), true);
});

const open = (): void => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <PlayerBar />
    </QueryClientProvider>,
  );
};
const breakBegins = (spots: readonly AdSpot[] = [HARBOUR, spotOf('Y')]): void => {
  act(() => playbackStore.setState({ adBreak: { breakId: 'break', spots, index: 0 } }));
};
const spotStandsAt = (spotPositionMs: number): void => {
  act(() => clockStore.setState({ spotPositionMs }));
};
const bar = () => within(screen.getByRole('group', { name: 'Ad break' }));

describe('the player bar in an ad break', () => {
  it('says who speaks, how long it takes and what follows', () => {
    open();
    expect(screen.queryByRole('group', { name: 'Ad break' })).toBeNull();
    breakBegins();
    expect(bar().getByText('Ad: Hafenfest Duisburg')).toBeTruthy();
    expect(bar().getByText('1 of 2.')).toBeTruthy();
    expect(bar().getByText('Music in 0:18')).toBeTruthy();
    expect(bar().getByText('· then Title E, Artist E')).toBeTruthy();
    spotStandsAt(2100);
    expect(bar().getByText('Music in 0:16')).toBeTruthy();
    act(() =>
      playbackStore.setState({ adBreak: { breakId: 'break', spots: [HARBOUR, spotOf('Y')], index: 1 } }),
    );
    spotStandsAt(9500);
    expect(bar().getByText('Ad: Sender Y')).toBeTruthy();
    expect(bar().getByText('2 of 2.')).toBeTruthy();
    expect(bar().getByText('Music in 0:01')).toBeTruthy();
    act(() => playbackStore.setState({ adBreak: null }));
    expect(screen.queryByRole('group', { name: 'Ad break' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Title E' })).toBeTruthy();
  });

  it('shows how far it is, and lets nobody move it', () => {
    open();
    expect(screen.getByRole('slider', { name: 'Position' })).toBeTruthy();
    breakBegins();
    spotStandsAt(4000);
    const progress = bar().getByRole('progressbar');
    expect(progress.getAttribute('aria-valuenow')).toBe('4');
    expect(progress.getAttribute('aria-valuemax')).toBe('18');
    expect(progress.getAttribute('aria-valuetext')).toBe('Music in 0:14');
    const [first, second] = progress.children as unknown as readonly HTMLElement[];
    expect(first?.style.getPropertyValue('--heard')).toBe('0.5');
    expect(second?.style.getPropertyValue('--heard')).toBe('');
    expect(screen.queryByRole('slider', { name: 'Position' })).toBeNull();
  });

  it('leaves pause and volume, and nothing that leads elsewhere', () => {
    open();
    breakBegins();
    for (const name of ['Shuffle', 'Previous', 'Next', 'Repeat']) {
      expect(bar().getByRole('button', { name })).toHaveProperty('disabled', true);
    }
    expect(bar().getByRole('slider', { name: 'Volume' })).toBeTruthy();
    fireEvent.click(bar().getByRole('button', { name: 'Pause' }));
    expect(bar().getByRole('button', { name: 'Play' })).toHaveProperty('disabled', false);
  });

  it('hands the focus to "Pause" when it was on a button that is taken away', () => {
    open();
    screen.getByRole('button', { name: 'Next' }).focus();
    breakBegins();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Pause' }));
  });

  it('hands the focus of the seek bar to "Pause", and back when there is music again', () => {
    open();
    screen.getByRole('slider', { name: 'Position' }).focus();
    breakBegins();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Pause' }));
    act(() => playbackStore.setState({ adBreak: null }));
    expect(document.activeElement).toBe(screen.getByRole('slider', { name: 'Position' }));
  });

  it('takes the focus from nobody', () => {
    open();
    breakBegins();
    expect(document.activeElement).toBe(document.body);
    act(() => playbackStore.setState({ adBreak: null }));
    expect(document.activeElement).toBe(document.body);
  });

  it('opens the link after a click, and counts it', async () => {
    open();
    breakBegins();
    fireEvent.click(bar().getByRole('button', { name: 'Visit hafenfest.example' }));
    await act(async () => undefined);
    expect(host.calls).toContainEqual({
      method: 'app.openExternal',
      argument: { url: 'https://hafenfest.example/' },
    });
    expect(host.calls).toContainEqual({
      method: 'ads.report',
      argument: { breakId: 'break', spotId: HARBOUR.id, kind: 'click' },
    });
  });

  it('says so when no browser opens, and counts nothing', async () => {
    browserOpens = false;
    open();
    breakBegins();
    fireEvent.click(bar().getByRole('button', { name: 'Visit hafenfest.example' }));
    await act(async () => undefined);
    expect(useToastStore.getState().toasts[0]?.text).toBe('hafenfest.example could not be opened');
    expect(host.calls.map(({ method }) => method)).not.toContain('ads.report');
  });

  it('has no link where a spot has none', () => {
    open();
    breakBegins([spotOf('Z', { link: null })]);
    expect(bar().getByText('1 of 1')).toBeTruthy();
    expect(bar().queryByRole('button', { name: /Visit/ })).toBeNull();
  });

  it('is announced once, and not again each second', () => {
    open();
    const words = screen.getByRole('status');
    expect(words.textContent).toBe('');
    breakBegins();
    const announced = 'Ad, 1 of 2, music in 18 seconds';
    expect(words.textContent).toBe(announced);
    spotStandsAt(3000);
    act(() =>
      playbackStore.setState({ adBreak: { breakId: 'break', spots: [HARBOUR, spotOf('Y')], index: 1 } }),
    );
    expect(words.textContent).toBe(announced);
  });

  it('speaks German', () => {
    speak('de');
    open();
    breakBegins();
    const pause = within(screen.getByRole('group', { name: 'Werbepause' }));
    expect(pause.getByText('Werbung: Hafenfest Duisburg')).toBeTruthy();
    expect(pause.getByText('1 von 2.')).toBeTruthy();
    expect(pause.getByRole('button', { name: 'hafenfest.example besuchen' })).toBeTruthy();
    expect(pause.getByText('Musik in 0:18')).toBeTruthy();
    expect(pause.getByText('· dann Title E, Artist E')).toBeTruthy();
    expect(pause.getByRole('button', { name: 'Ohne Werbung hören' })).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('Werbung, 1 von 2, Musik in 18 Sekunden');
  });
});
