// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { standInHost } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { clockStore } from './playback-store.ts';
import { SeekBar } from './seek-bar.tsx';

withoutLayout();
afterEach(() => {
  cleanup();
  clockStore.setState(clockStore.getInitialState(), true);
});

it('says where a paused track stands that came back a moment after the window opened', () => {
  standInHost({});
  render(
    <QueryClientProvider client={createQueryClient()}>
      <SeekBar trackId="t1" onPreview={() => {}} />
    </QueryClientProvider>,
  );
  act(() => clockStore.setState({ positionMs: 5_400, durationMs: 12_000 }));
  const slider = screen.getByRole('slider', { name: 'Position' });
  expect(slider.getAttribute('aria-valuenow')).toBe('5');
  expect(slider.getAttribute('aria-valuemax')).toBe('12');
});
