// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { standInHost } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { clockStore, playbackStore } from '../playback/playback-store.ts';
import { queueOf, spotOf, trackOf } from '../playback/test-support.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { HomeHero } from './home-hero.tsx';

withoutLayout();

afterEach(() => {
  cleanup();
  playbackStore.setState(playbackStore.getInitialState(), true);
  clockStore.setState(clockStore.getInitialState(), true);
});

it('says when the music is back while an ad sounds, and takes no press meanwhile', () => {
  standInHost({});
  playbackStore.setState({ queue: queueOf({ current: 'E', upcoming: ['F'] }), state: { kind: 'playing' } });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <HomeHero hero={{ kind: 'resume', track: trackOf('E') }} />
    </QueryClientProvider>,
  );
  expect(screen.getByText('Playing now')).toBeTruthy();
  const spots = [spotOf('X', { durationMs: 8000 }), spotOf('Y', { durationMs: 10_000 })];
  act(() => playbackStore.setState({ adBreak: { breakId: 'break', spots, index: 0 } }));
  expect(screen.getByText('Back in a moment')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Resume in 0:18' })).toHaveProperty('disabled', true);
  act(() => clockStore.setState({ spotPositionMs: 2100 }));
  expect(screen.getByRole('button', { name: 'Resume in 0:16' })).toBeTruthy();
  act(() => playbackStore.setState({ adBreak: null }));
  expect(screen.getByRole('button', { name: 'Pause' })).toHaveProperty('disabled', false);
});
