// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { createQueryClient } from '../host/queries.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { registerAction } from '../shortcuts/registry.ts';
import { statusStore } from '../status/status-store.ts';
import { Sidebar } from './sidebar.tsx';

afterEach(cleanup);

const played = (album: string) => ({
  playedAt: '2026-11-23T12:00:00Z',
  track: { album: { id: album, title: album }, artwork: null },
});

const show = (path: string, rail: boolean, shelf: readonly unknown[] = []): void => {
  standInHost({
    'library.shelf': () => shelf,
    'history.recent': () => ['Löss', 'Bögen'].map(played),
  });
  const { hook } = memoryLocation({ path });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={hook}>
        <Sidebar rail={rail} />
      </Router>
    </QueryClientProvider>,
  );
};

describe('the sidebar', () => {
  it('leads to every place and marks the one that is open', () => {
    show('/albums', false);
    const main = screen.getByRole('navigation', { name: 'Main' });
    expect(
      within(main)
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual([
      'Riffle',
      'Home',
      'Search',
      'Albums',
      'Artists',
      'Genres',
      'On this computer',
      'Played lately',
      'Liked tracks',
      'Liked albums',
      'Followed artists',
      'Playlists',
    ]);
    expect(within(main).getByRole('link', { current: 'page' }).textContent).toBe('Albums');
  });

  it('puts the cursor into the search field with its search page', () => {
    const wanted: string[] = [];
    const unregister = registerAction('frame.search', () => wanted.push('search'));
    show('/albums', false);
    fireEvent.click(screen.getByRole('link', { name: 'Search' }));
    fireEvent.click(screen.getByRole('link', { name: 'Artists' }));
    expect(wanted).toEqual(['search']);
    unregister();
  });

  it('lists the records played lately by name', async () => {
    show('/album/Löss', false);
    const records = await screen.findByRole('list', { name: 'Records played lately' });
    expect(within(records).getByRole('link', { name: 'Bögen' }).getAttribute('href')).toBe('/album/Bögen');
    expect(within(records).getByRole('link', { current: 'page' }).textContent).toBe('Löss');
    // Below the place they belong to, above the library.
    const order = screen.getAllByRole('link').map(({ textContent }) => textContent);
    expect(order.indexOf('Bögen')).toBeGreaterThan(order.indexOf('Played lately'));
    expect(order.indexOf('Bögen')).toBeLessThan(order.indexOf('Liked tracks'));
  });

  it('counts what plays without a network', () => {
    const before = statusStore.getState();
    statusStore.setState({ playable: { tracks: 1204, durationMs: 262_800_000 } });
    show('/computer', false);
    const place = screen.getByRole('link', { name: 'On this computer', current: 'page' });
    expect(place.textContent).toBe('On this computer1,204');
    expect(place.getAttribute('aria-description')).toBe('1,204 tracks');
    statusStore.setState(before, true);
  });

  it('as a rail keeps every name for those who cannot see the icons', async () => {
    show('/', true);
    expect(screen.getByRole('link', { name: 'Genres' }).textContent).toBe('');
    expect(await screen.findByRole('link', { name: 'Löss' })).toBeTruthy();
  });
});
