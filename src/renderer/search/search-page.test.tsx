// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Link, Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { AlbumSummary, SearchReply, SearchRequest } from '../../contract/catalog-http.ts';
import type { HostBridge } from '../../contract/host-api.ts';
import type { OrFromComputer } from '../../contract/offline.ts';
import { queryClient } from '../host/queries.ts';
import { statusStore } from '../status/status-store.ts';
import { SearchBox } from './search-box.tsx';
import { dropDraft, TYPING_PAUSE_MS } from './search-draft.ts';
import { SearchPage } from './search-page.tsx';

const albumNamed = (title: string): AlbumSummary => ({
  id: title.padEnd(20, '0').slice(0, 20),
  title,
  artists: [],
  kind: 'album',
  releaseDate: null,
  addedAt: '2026-11-21T10:00:00Z',
  artwork: null,
  trackCount: 1,
  durationMs: 1_000,
});
const replyTo = (
  query: string,
  titles: readonly string[],
  correctedQuery: string | null = null,
): SearchReply => ({
  query,
  correctedQuery,
  best: null,
  tracks: { items: [], total: 0, capped: false },
  albums: { items: titles.map(albumNamed), total: titles.length, capped: false },
  artists: { items: [], total: 0, capped: false },
});

interface Asked {
  readonly request: SearchRequest;
  readonly answer: (reply: OrFromComputer<SearchReply>) => Promise<void>;
}

/** A host whose answers come when, and in the order that, the test says. */
const listenToSearches = (): Asked[] => {
  const asked: Asked[] = [];
  const bridge: HostBridge = {
    shell: 'web',
    invoke: (method, argument) =>
      new Promise((resolve) => {
        if (method !== 'catalog.search') return;
        asked.push({
          request: argument as SearchRequest,
          answer: (value) => act(async () => resolve({ ok: true, value })),
        });
      }),
    subscribe: () => () => undefined,
  };
  vi.stubGlobal('riffle', bridge);
  return asked;
};

const open = (path: string): { readonly addresses: () => readonly string[] } => {
  const { hook, searchHook, history } = memoryLocation({ path, record: true });
  render(
    <QueryClientProvider client={queryClient}>
      <Router hook={hook} searchHook={searchHook}>
        <SearchBox />
        <Link href="/albums">Elsewhere</Link>
        <main>
          <SearchPage />
        </main>
      </Router>
    </QueryClientProvider>,
  );
  return { addresses: () => history };
};
const box = (): HTMLElement => screen.getByRole('searchbox', { name: 'Search' });
const type = (text: string): void => void fireEvent.change(box(), { target: { value: text } });
const pause = (): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(TYPING_PAUSE_MS + 10);
  });
const queriesOf = (asked: readonly Asked[]): readonly string[] => asked.map(({ request }) => request.query);

describe('search as you type', () => {
  let asked: Asked[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe(): void {}
        unobserve(): void {}
        disconnect(): void {}
      },
    );
    queryClient.clear();
    asked = listenToSearches();
  });
  afterEach(() => {
    cleanup();
    statusStore.setState(statusStore.getInitialState(), true);
    dropDraft();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('shows every letter at once and asks once, after a pause', async () => {
    open('/search');
    for (const text of ['k', 'ki', 'kie']) type(text);
    expect(box()).toHaveProperty('value', 'kie');
    expect(asked).toHaveLength(0);
    await pause();
    expect(queriesOf(asked)).toEqual(['kie']);
  });

  it('drops the answer to an older query that comes after that to a newer one', async () => {
    open('/search');
    type('hal');
    await pause();
    type('halden');
    await pause();
    expect(queriesOf(asked)).toEqual(['hal', 'halden']);
    await asked[1]?.answer(replyTo('halden', ['Low Water Mark']));
    expect(await screen.findByText('Low Water Mark')).toBeDefined();
    await asked[0]?.answer(replyTo('hal', ['Hallenbad']));
    expect(screen.queryByText('Hallenbad')).toBeNull();
    expect(screen.getByText('Low Water Mark')).toBeDefined();
  });

  it('refuses a reply that answers another query than the one asked', async () => {
    open('/search?q=halden');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer(replyTo('something else', ['Hallenbad']));
    expect(await screen.findByRole('alert')).toBeDefined();
    expect(screen.queryByText('Hallenbad')).toBeNull();
  });

  it('keeps the last results on the page until the next ones are there', async () => {
    open('/search?q=low');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer(replyTo('low', ['Low Water Mark']));
    expect(await screen.findByText('Low Water Mark')).toBeDefined();
    type('slow');
    await pause();
    expect(queriesOf(asked)).toEqual(['low', 'slow']);
    expect(screen.getByText('Low Water Mark')).toBeDefined();
    await asked[1]?.answer(replyTo('slow', ['Slow Ferry']));
    expect(await screen.findByText('Slow Ferry')).toBeDefined();
    expect(screen.queryByText('Low Water Mark')).toBeNull();
  });

  it('marks the letters it corrected and offers the query as typed', async () => {
    open('/search?q=lene+wrner');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer(replyTo('lene wrner', ['Flussabwärts'], 'lene wörner'));
    const mark = await screen.findByText('ö');
    expect(mark.tagName).toBe('MARK');
    fireEvent.click(screen.getByRole('link', { name: 'lene wrner' }));
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]?.request).toMatchObject({ query: 'lene wrner', correct: false });
  });

  it('says plainly that nothing was found', async () => {
    open('/search?q=quellgebit');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer(replyTo('quellgebit', []));
    expect(await screen.findByRole('heading', { name: 'No “quellgebit”' })).toBeDefined();
  });

  it('says when the results are what this computer knows, and why', async () => {
    const away = (cause: 'offline' | 'service_unreachable') =>
      act(() =>
        statusStore.setState({
          service: {
            state: 'unreachable',
            cause,
            since: '2026-11-23T17:42:00Z',
            retryAt: '2026-11-23T17:43:00Z',
          },
        }),
      );
    open('/search?q=low');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer({ ...replyTo('low', ['Low Water Mark']), fromComputer: true });
    expect(
      await screen.findByText('The service is slow: found among what this computer knows.'),
    ).toBeDefined();
    away('service_unreachable');
    expect(screen.getByText(/^The service does not answer: found among/)).toBeDefined();
    away('offline');
    expect(screen.getByText(/^No network: found among/)).toBeDefined();
    type('slow');
    await pause();
    await asked[1]?.answer(replyTo('slow', ['Slow Ferry']));
    expect(await screen.findByText('Slow Ferry')).toBeDefined();
    expect(screen.queryByText(/found among/)).toBeNull();
  });

  it('does not call nothing what only this computer does not know', async () => {
    open('/search?q=quellgebiet');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer({ ...replyTo('quellgebiet', []), fromComputer: true });
    expect(await screen.findByText(/^This computer does not know it/)).toBeDefined();
  });

  it('opens the best match on Enter without waiting for the pause', async () => {
    const { addresses } = open('/search');
    type('low');
    fireEvent.keyDown(box(), { key: 'Enter' });
    await waitFor(() => expect(asked).toHaveLength(1));
    const album = albumNamed('Low Water Mark');
    await asked[0]?.answer({ ...replyTo('low', ['Low Water Mark']), best: { kind: 'album', album } });
    await waitFor(() => expect(addresses().at(-1)).toBe(`/album/${album.id}`));
  });

  it('stays where a link has led when letters still waited', async () => {
    vi.useFakeTimers();
    const { addresses } = open('/search?q=low');
    await act(async () => {
      type('lower');
    });
    fireEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
    await pause();
    expect(addresses().at(-1)).toBe('/albums');
    vi.useRealTimers();
  });

  it('goes from the box into the results with the arrow down, and empties the box with Escape', async () => {
    open('/search?q=low');
    await waitFor(() => expect(asked).toHaveLength(1));
    await asked[0]?.answer(replyTo('low', ['Low Water Mark']));
    await screen.findByText('Low Water Mark');
    fireEvent.keyDown(box(), { key: 'ArrowDown' });
    expect(document.activeElement?.closest('#search-results')).not.toBeNull();
    fireEvent.keyDown(box(), { key: 'Escape' });
    expect(box()).toHaveProperty('value', '');
    expect(screen.getByRole('heading', { name: 'What would you like to hear?' })).toBeDefined();
  });
});
