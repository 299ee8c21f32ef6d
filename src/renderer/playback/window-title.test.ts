// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPlaybackStore, type PlaybackStore } from './playback-store.ts';
import { queueOf } from './test-support.ts';
import { startWindowTitle } from './window-title.ts';

let playback: PlaybackStore;
let stop: () => void;

beforeEach(() => {
  document.title = 'Home – Riffle';
  playback = createPlaybackStore();
  playback.setState({ queue: queueOf({ current: 'A', upcoming: ['B'] }) });
  stop = startWindowTitle(document, playback);
});
afterEach(() => stop());

it('shows the track while it sounds and the page in silence', () => {
  expect(document.title).toBe('Home – Riffle');
  playback.setState({ state: { kind: 'playing' } });
  expect(document.title).toBe('Title A – Artist A');
  playback.setState({ queue: queueOf({ current: 'B' }) });
  expect(document.title).toBe('Title B – Artist B');
  playback.setState({ state: { kind: 'paused' } });
  expect(document.title).toBe('Home – Riffle');
});

it('keeps the track when the page changes, and knows the new page afterwards', async () => {
  playback.setState({ state: { kind: 'playing' } });
  document.title = 'An album – Riffle';
  await vi.waitFor(() => expect(document.title).toBe('Title A – Artist A'));
  playback.setState({ state: { kind: 'paused' } });
  expect(document.title).toBe('An album – Riffle');
});
