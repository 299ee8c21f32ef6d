// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { AlbumSummary, Track } from '../../contract/catalog-http.ts';
import type { PageRequest } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { downloadsStore } from '../offline/downloads-store.ts';
import { trackOf } from '../playback/test-support.ts';
import { player } from '../playback/player.ts';
import { statusStore } from '../status/status-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { ComputerPage } from './computer-page.tsx';

withoutLayout();

const online = statusStore.getState();
const nothingKept = downloadsStore.getState();

let tracks: readonly Track[];
let albums: readonly AlbumSummary[];
let isBroken: boolean;
const asked: PageRequest[] = [];

/** Pages as the host gives them: as many as are asked for, from where the cursor says. */
const pageOf = <Item,>(items: readonly Item[], { cursor, limit = 50 }: PageRequest) => {
  if (isBroken) throw new HostFailure('storage_failed', 'the index is gone');
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return {
    items: items.slice(from, next),
    nextCursor: next < items.length ? String(next) : null,
    total: items.length,
  };
};
const albumNamed = (title: string): AlbumSummary => ({
  id: title
    .toLowerCase()
    .replace(/[^a-z]/g, '0')
    .padEnd(20, '0'),
  title,
  artists: [{ id: 'h'.repeat(20), name: 'Halden' }],
  kind: 'album',
  releaseDate: null,
  addedAt: '2026-11-21T10:00:00Z',
  artwork: null,
  trackCount: 1,
  durationMs: 1_000,
});
const manyTracks = (count: number): readonly Track[] =>
  Array.from({ length: count }, (_, index) => trackOf(String(index)));

beforeEach(() => {
  tracks = manyTracks(3);
  albums = ['Low Water Mark', 'Löss'].map(albumNamed);
  isBroken = false;
  asked.length = 0;
  statusStore.setState(online, true);
  downloadsStore.setState(nothingKept, true);
  standInHost({
    'computer.albums': (request: PageRequest) => pageOf(albums, request),
    'computer.artists': (request: PageRequest) =>
      pageOf([{ id: 'h'.repeat(20), name: 'Halden', artwork: null, albumCount: 2, trackCount: 3 }], request),
    'computer.tracks': (request: PageRequest) => {
      asked.push(request);
      return pageOf(tracks, request);
    },
    'cache.marks': () => ({}),
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const open = (path = '/computer'): void => {
  const { hook, searchHook } = memoryLocation({ path });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={hook} searchHook={searchHook}>
        <ComputerPage />
      </Router>
    </QueryClientProvider>,
  );
};
const chip = (name: RegExp): Promise<HTMLElement> => screen.findByRole('button', { name });

describe('the page of what is on this computer', () => {
  it('shows its records, and says how much of each kind there is', async () => {
    open();
    expect(await screen.findByRole('link', { name: 'Low Water Mark' })).toBeTruthy();
    const shows = screen.getByRole('group', { name: 'Show' });
    await expect
      .poll(() =>
        within(shows)
          .getAllByRole('button')
          .map((button) => button.textContent),
      )
      .toEqual(['Albums 2', 'Artists 1', 'Tracks 3']);
  });

  it('shows its artists and its tracks on their chips, which keep the focus', async () => {
    open();
    const artists = await chip(/^Artists/);
    artists.focus();
    fireEvent.click(artists);
    expect(await screen.findByRole('link', { name: 'Halden' })).toBeTruthy();
    expect(document.activeElement).toBe(artists);
    fireEvent.click(await chip(/^Tracks/));
    expect(await screen.findByRole('grid', { name: 'Tracks' })).toBeTruthy();
    expect(screen.getByText('Title 2')).toBeTruthy();
  });

  it('knows all of 10,000 tracks, however few it shows at first', async () => {
    tracks = manyTracks(10_000);
    open('/computer?show=tracks');
    const grid = await screen.findByRole('grid', { name: 'Tracks' });
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
    const field = await screen.findByRole('searchbox', { name: 'Find in these tracks' });
    await expect.poll(() => asked.length).toBe(50);
    fireEvent.change(field, { target: { value: 'title 9999' } });
    expect(await screen.findByText('Title 9999')).toBeTruthy();
  }, 20_000);

  it.each([
    ['Play', false],
    ['Shuffle', true],
  ])('%s takes everything that is here', async (name, shuffled) => {
    tracks = manyTracks(450);
    const play = vi.spyOn(player, shuffled ? 'playShuffled' : 'play').mockImplementation(() => undefined);
    open();
    fireEvent.click(await screen.findByRole('button', { name }));
    await expect.poll(() => play.mock.calls[0]?.[0]).toEqual(tracks);
  });

  it('says what to do when nothing is here, and asks again as soon as something is', async () => {
    tracks = [];
    open();
    expect(await screen.findByRole('heading', { name: 'Nothing here yet' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Find music' })).toBeTruthy();
    tracks = manyTracks(1);
    act(() => statusStore.setState({ playable: { tracks: 1, durationMs: 1 } }));
    expect(await screen.findByRole('button', { name: 'Play' })).toBeTruthy();
  });

  it('says until when kept music plays, warns before, and says when it is locked', async () => {
    open();
    await chip(/^Albums/);
    const say = (state: 'valid' | 'ending' | 'over'): void =>
      act(() => downloadsStore.setState({ lease: { state, validUntil: '2026-12-21T12:00:00Z' } }));
    expect(screen.queryByText(/21 December/)).toBeNull();
    say('valid');
    expect(screen.getByText('What you keep plays until 21 December 2026.')).toBeTruthy();
    say('ending');
    expect(screen.getByText(/until 21 December 2026. Go online before then/)).toBeTruthy();
    say('over');
    expect(screen.getByText(/locked since 21 December 2026/)).toBeTruthy();
  });

  it('says that it could not be read, and tries again', async () => {
    isBroken = true;
    open();
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try now' })).toBeTruthy();
  });
});
