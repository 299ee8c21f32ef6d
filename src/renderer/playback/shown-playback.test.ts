import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClockStore, createPlaybackStore } from './playback-store.ts';
import { createShownPlayback } from './shown-playback.ts';

describe('what the screen shows of the playback', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const open = () => {
    const store = createPlaybackStore();
    const clock = createClockStore();
    const shown = createShownPlayback(store, clock, 80);
    return { store, clock, shown: shown.playback, shownClock: shown.clock };
  };

  it('follows at once what is no start', () => {
    const { store, shown } = open();
    store.setState({ volume: 0.3 });
    expect(shown.getState().volume).toBe(0.3);
    store.setState({ state: { kind: 'paused' } });
    expect(shown.getState().state.kind).toBe('paused');
  });

  it('shows a start when it sounds, in a task of its own', () => {
    const { store, shown } = open();
    store.setState({ state: { kind: 'loading' }, volume: 0.4 });
    expect(shown.getState().state.kind).toBe('stopped');
    store.setState({ state: { kind: 'playing' } });
    expect(shown.getState().state.kind).toBe('stopped');
    store.setState({ muted: true });
    vi.advanceTimersByTime(1);
    expect(shown.getState()).toBe(store.getState());
  });

  it('shows a start at its time when another is begun as the one before sounds', () => {
    const { store, shown } = open();
    store.setState({ state: { kind: 'loading' } });
    store.setState({ state: { kind: 'playing' } });
    store.setState({ state: { kind: 'loading' } });
    vi.advanceTimersByTime(80);
    expect(shown.getState()).toBe(store.getState());
  });

  it('shows a start that does not sound after a moment, however often it is begun anew', () => {
    const { store, shown } = open();
    store.setState({ state: { kind: 'loading' } });
    vi.advanceTimersByTime(60);
    store.setState({ state: { kind: 'loading' } });
    vi.advanceTimersByTime(20);
    expect(shown.getState().state.kind).toBe('loading');
    store.setState({ muted: true });
    expect(shown.getState().muted).toBe(true);
  });

  it('shows a failure at once', () => {
    const { store, shown } = open();
    store.setState({ state: { kind: 'loading' } });
    store.setState({ state: { kind: 'waiting', cause: 'offline' } });
    expect(shown.getState().state.kind).toBe('waiting');
    vi.advanceTimersByTime(200);
    expect(shown.getState()).toBe(store.getState());
  });

  it('stops the clock that is shown while a start is held back', () => {
    const { store, clock, shownClock } = open();
    clock.setState({ positionMs: 1000 });
    expect(shownClock.getState().positionMs).toBe(1000);
    store.setState({ state: { kind: 'loading' } });
    clock.setState({ positionMs: 0 });
    expect(shownClock.getState().positionMs).toBe(1000);
    store.setState({ state: { kind: 'playing' } });
    vi.advanceTimersByTime(1);
    expect(shownClock.getState().positionMs).toBe(0);
  });
});
