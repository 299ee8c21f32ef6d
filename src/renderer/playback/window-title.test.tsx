// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setSoundingTitle, usePageTitle } from '../frame/page-title.ts';
import { createPlaybackStore, type PlaybackStore } from './playback-store.ts';
import { queueOf, spotOf } from './test-support.ts';
import { startWindowTitle } from './window-title.ts';

let playback: PlaybackStore;
let stop: () => void;

function Page({ title }: { readonly title: string | null }) {
  usePageTitle(title);
  return null;
}

beforeEach(() => {
  playback = createPlaybackStore();
  playback.setState({ queue: queueOf({ current: 'A', upcoming: ['B'] }) });
  stop = startWindowTitle({
    playback,
    name: setSoundingTitle,
    adTitle: ({ sender }) => `Ad: ${sender}`,
  });
});
afterEach(() => {
  stop();
  cleanup();
});

it('shows the track while it sounds and the page in silence', () => {
  render(<Page title="Home" />);
  expect(document.title).toBe('Home – Riffle');
  playback.setState({ state: { kind: 'playing' } });
  expect(document.title).toBe('Title A · Artist A – Riffle');
  playback.setState({ queue: queueOf({ current: 'B' }) });
  expect(document.title).toBe('Title B · Artist B – Riffle');
  playback.setState({ state: { kind: 'paused' } });
  expect(document.title).toBe('Home – Riffle');
});

it('says that an ad is one', () => {
  render(<Page title="Home" />);
  playback.setState({
    state: { kind: 'playing' },
    adBreak: { breakId: 'break', spots: [spotOf('X')], index: 0 },
  });
  expect(document.title).toBe('Ad: Sender X – Riffle');
  playback.setState({ adBreak: null });
  expect(document.title).toBe('Title A · Artist A – Riffle');
});

it('keeps the track when the page changes, and knows the new page afterwards', () => {
  const { rerender } = render(<Page title="Home" />);
  playback.setState({ state: { kind: 'playing' } });
  rerender(<Page title="An album" />);
  expect(document.title).toBe('Title A · Artist A – Riffle');
  playback.setState({ state: { kind: 'paused' } });
  expect(document.title).toBe('An album – Riffle');
  rerender(<Page title={null} />);
  expect(document.title).toBe('Riffle');
});
