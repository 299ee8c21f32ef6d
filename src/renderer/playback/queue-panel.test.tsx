// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { statusStore } from '../status/status-store.ts';
import { useToastStore } from '../ui/toast.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { playbackStore } from './playback-store.ts';
import { QueuePanel } from './queue-panel.tsx';
import { queueOf, spotOf, trackOf } from './test-support.ts';

const here = new Set<string>();
const SINCE = '2026-11-23T17:42:00Z';

/** jsdom lays nothing out; the panel does not need that to be steered by keys. */
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  );
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  Element.prototype.scrollTo ??= () => undefined;
  standInHost({
    'cache.expect': () => null,
    'cache.marks': ({ trackIds }: { readonly trackIds: readonly string[] }) =>
      Object.fromEntries(trackIds.filter((id) => here.has(id)).map((id) => [id, { state: 'kept' }])),
    'playback.saveQueue': () => null,
    'playback.savePosition': () => null,
  });
  playbackStore.setState({
    queue: queueOf({ current: 'C', requested: ['R', 'S'], upcoming: ['U', 'V'] }),
    state: { kind: 'paused' },
  });
  useToastStore.setState({ toasts: [] });
});
afterEach(() => {
  cleanup();
  here.clear();
  statusStore.setState(statusStore.getInitialState(), true);
  vi.unstubAllGlobals();
});

const row = (name: string): HTMLElement =>
  screen.getByText(`Title ${name}`).closest('[data-entry]') as HTMLElement;
const order = (): string =>
  screen
    .getAllByText(/^Title .$/)
    .map((title) => title.textContent?.slice(-1))
    .join('');
const press = (name: string, key: string, modifiers: object = {}): void => {
  row(name).focus();
  fireEvent.keyDown(row(name), { key, ...modifiers });
};

describe('the queue panel', () => {
  it('shows what plays, what was asked for and the rest, with count and length', () => {
    render(<QueuePanel />);
    expect(screen.getByText('Next, because you asked')).toBeTruthy();
    expect(screen.getByText(/^5 tracks, 15\smin$/)).toBeTruthy();
    expect(order()).toBe('CRSUV');
    expect(row('C').getAttribute('aria-current')).toBe('true');
  });

  it('shows the order that shuffling made, and the old one again', () => {
    render(<QueuePanel />);
    const { queue } = playbackStore.getState();
    const shuffled = { ...queue, shuffle: true, upcoming: queue.upcoming.toReversed() };
    act(() => playbackStore.setState({ queue: shuffled }));
    expect(order()).toBe('CRSVU');
    act(() => playbackStore.setState({ queue }));
    expect(order()).toBe('CRSUV');
  });

  it('names what comes by itself, because it is similar', () => {
    const queue = queueOf({ current: 'C', upcoming: ['U'] });
    const similar = { entryId: 'V', track: trackOf('V'), addedBy: 'autoplay' } as const;
    playbackStore.setState({ queue: { ...queue, upcoming: [...queue.upcoming, similar] } });
    render(<QueuePanel />);
    expect(within(row('V')).getByText('Similar music · Artist V')).toBeTruthy();
    expect(within(row('U')).getByText('Artist U')).toBeTruthy();
  });

  it('says in an ad break what comes after it', () => {
    render(<QueuePanel />);
    expect(screen.getByText('Playing')).toBeTruthy();
    act(() => playbackStore.setState({ adBreak: { breakId: 'break', spots: [spotOf('X')], index: 0 } }));
    expect(screen.getByText('After the ad')).toBeTruthy();
    act(() => playbackStore.setState({ adBreak: null }));
    expect(screen.getByText('Playing')).toBeTruthy();
  });

  it('goes from row to row with the arrows, and only one row is in the tab order', () => {
    render(<QueuePanel />);
    press('C', 'ArrowDown');
    expect(document.activeElement).toBe(row('R'));
    press('R', 'End');
    expect(document.activeElement).toBe(row('V'));
    expect(document.querySelectorAll('[data-entry][tabindex="0"]')).toHaveLength(1);
  });

  it('moves an entry with Alt and an arrow, through both parts, and keeps the focus on it', () => {
    render(<QueuePanel />);
    press('U', 'ArrowUp', { altKey: true });
    expect(playbackStore.getState().queue.requested.map((entry) => entry.entryId)).toEqual(['R', 'S', 'U']);
    press('U', 'ArrowUp', { altKey: true });
    expect(order()).toBe('CRUSV');
    expect(document.activeElement).toBe(row('U'));
    expect(screen.getByRole('status').textContent).toContain('Title U');
  });

  it('removes with Delete, goes on to the next row, and offers to undo it', () => {
    render(<QueuePanel />);
    press('S', 'Delete');
    expect(order()).toBe('CRUV');
    expect(document.activeElement).toBe(row('U'));
    const [toast] = useToastStore.getState().toasts;
    expect(toast?.text).toBe('Title S was removed from the queue');
    toast?.action?.onSelect();
    expect(playbackStore.getState().queue.requested).toHaveLength(2);
  });

  it('clears what was asked for, and gives it back', () => {
    render(<QueuePanel />);
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(order()).toBe('CUV');
    useToastStore.getState().toasts[0]?.action?.onSelect();
    expect(playbackStore.getState().queue.requested).toHaveLength(2);
  });

  it('removes by the button of a row', () => {
    render(<QueuePanel />);
    fireEvent.click(within(row('V')).getByRole('button', { name: 'Remove Title V' }));
    expect(order()).toBe('CRSU');
  });

  it('names why a track failed', () => {
    const { queue } = playbackStore.getState();
    playbackStore.setState({ failed: new Map([[queue.upcoming[0]?.track.id ?? '', 'not_found']]) });
    render(<QueuePanel />);
    expect(within(row('U')).getByText('It is no longer in the catalog.')).toBeTruthy();
    playbackStore.setState({ failed: new Map() });
  });

  it('says calmly that what plays waits for the network', () => {
    playbackStore.setState({ state: { kind: 'waiting', cause: 'offline' } });
    render(<QueuePanel />);
    expect(within(row('C')).getByText('Waits for the network')).toBeTruthy();
    expect(screen.queryByText('There is no network.')).toBeNull();
  });

  it('dims what waits for a network, and says how many', async () => {
    here.add(trackOf('U').id);
    render(<QueuePanel />);
    expect(screen.queryByRole('img', { name: 'Needs network' })).toBeNull();
    act(() =>
      statusStore.setState({
        service: { state: 'unreachable', cause: 'offline', since: SINCE, retryAt: SINCE },
      }),
    );
    expect(await screen.findByText(/^\. 1 waits for a network\.$/)).toBeTruthy();
    expect(await within(row('V')).findByRole('img', { name: 'Needs network' })).toBeTruthy();
    expect(within(row('U')).queryByRole('img', { name: 'Needs network' })).toBeNull();
    expect(within(row('U')).getByText('3:00')).toBeTruthy();
  });

  it('keeps 20,000 entries out of the document but a few', () => {
    const upcoming = Array.from({ length: 20_000 }, (_, index) => `U${index}`);
    playbackStore.setState({ queue: queueOf({ current: 'C', upcoming }) });
    render(<QueuePanel />);
    expect(screen.getByText(/^20,001 tracks/)).toBeTruthy();
    expect(document.querySelectorAll('[data-entry]').length).toBeLessThan(60);
  });

  it('says so when nothing comes', () => {
    playbackStore.setState({ queue: queueOf({}) });
    render(<QueuePanel />);
    expect(screen.getByRole('heading', { name: 'Nothing comes next' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });
});
