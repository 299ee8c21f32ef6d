// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from '../../contract/catalog-http.ts';
import type { Pin, TrackMark } from '../../contract/offline.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { downloadsStore } from '../offline/downloads-store.ts';
import { startMarks } from '../offline/marks-store.ts';
import { playbackStore } from '../playback/playback-store.ts';
import { player } from '../playback/player.ts';
import { statusStore } from '../status/status-store.ts';
import { PAGE_SCROLL_ID } from '../ui/page-scroll.ts';
import type { TrackGroup, TrackListLayout } from './columns.ts';
import { TrackList } from './track-list.tsx';

const trackAt = (index: number): Track => ({
  id: `t${String(index).padStart(19, '0')}`,
  title: `Titel ${index}`,
  artists: [{ id: 'a'.repeat(20), name: 'Halden' }],
  album: { id: 'b'.repeat(20), title: 'Low Water Mark' },
  artwork: null,
  discNumber: 1,
  trackNumber: index + 1,
  durationMs: 60_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays: null,
  format: {
    codec: 'opus',
    contentType: 'audio/ogg',
    lossless: false,
    sampleRateHz: 48_000,
    channels: 2,
    bitDepth: null,
    bitrateBps: 128_000,
  },
  loudness: null,
  hasLyrics: false,
});
const tracksOf = (count: number): readonly Track[] =>
  Array.from({ length: count }, (_, index) => trackAt(index));
const origin = { kind: 'album', id: 'b'.repeat(20), title: 'Low Water Mark' } as const;

const WINDOW_PX = 1440;

/** jsdom lays nothing out: the page gets a height, and scrolling moves it. */
const layOut = (): void => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(WINDOW_PX);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(WINDOW_PX);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(100_000 * 40);
  Element.prototype.scrollTo = function scrollTo(this: Element, options?: ScrollToOptions | number): void {
    if (typeof options !== 'object') return;
    this.scrollTop = options.top ?? 0;
    this.dispatchEvent(new Event('scroll'));
  };
};

const show = (
  tracks: readonly Track[],
  layout: TrackListLayout = 'album',
  groups: readonly TrackGroup[] = [],
): void => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <main id={PAGE_SCROLL_ID}>
        <TrackList tracks={tracks} layout={layout} origin={origin} label="Titel" groups={groups} />
      </main>
    </QueryClientProvider>,
  );
};
const rowNamed = (title: string): HTMLElement => {
  const row = screen.getByText(title).closest<HTMLElement>('[role="row"]');
  if (row === null) throw new Error(`no row ${title}`);
  return row;
};
const selectedTitles = (): readonly (string | undefined)[] =>
  screen.getAllByRole('row', { selected: true }).map((row) => /Titel \d+/.exec(row.textContent ?? '')?.[0]);

describe('the track list', () => {
  const play = vi.spyOn(player, 'play');
  let marks: Record<string, TrackMark> = {};
  let host: HostForTests;

  beforeEach(() => {
    marks = {};
    host = standInHost({
      'cache.marks': ({ trackIds }: { trackIds: readonly string[] }) =>
        Object.fromEntries(trackIds.flatMap((id) => (marks[id] === undefined ? [] : [[id, marks[id]]]))),
      'cache.warm': () => null,
    });
    layOut();
    play.mockImplementation(() => undefined);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    play.mockReset();
  });

  it('is a grid that says how many rows it has, of which only those in sight are in the document', () => {
    show(tracksOf(100_000));
    expect(screen.getByRole('grid', { name: 'Titel' }).getAttribute('aria-rowcount')).toBe('100000');
    const rows = screen.getAllByRole('row').length;
    expect(rows).toBeGreaterThan(30);
    expect(rows).toBeLessThanOrEqual(60);
  });

  it('keeps the ripple of what comes next still while an ad sounds, and its key pauses what sounds', () => {
    const entry = { entryId: 'e1', track: trackAt(1) };
    const { queue } = playbackStore.getInitialState();
    playbackStore.setState({ queue: { ...queue, current: entry }, state: { kind: 'playing' } });
    show(tracksOf(3));
    const ripple = () => within(rowNamed('Titel 1')).getByRole('img', { name: 'Playing now' });
    const moving = ripple().getAttribute('class');
    act(() => playbackStore.setState({ adBreak: { breakId: 'break', spots: [], index: 0 } }));
    const still = ripple().getAttribute('class');
    expect(still).not.toBe(moving);
    expect(within(rowNamed('Titel 1')).getByRole('button', { name: 'Pause Titel 1' })).toBeTruthy();
    act(() => playbackStore.setState({ adBreak: null, state: { kind: 'paused' } }));
    expect(ripple().getAttribute('class')).toBe(still);
    act(() => playbackStore.setState(playbackStore.getInitialState(), true));
  });

  it('plays from the row that is double clicked, the whole list as the queue', () => {
    const tracks = tracksOf(5);
    show(tracks);
    fireEvent.doubleClick(screen.getByText('Titel 3'));
    expect(play).toHaveBeenCalledExactlyOnceWith(tracks, 3, origin);
  });

  it('moves with the arrows, keeps one tab stop and plays on Enter', async () => {
    const tracks = tracksOf(5);
    show(tracks);
    rowNamed('Titel 0').focus();
    fireEvent.keyDown(rowNamed('Titel 0'), { key: 'ArrowDown' });
    await waitFor(() => expect(document.activeElement).toBe(rowNamed('Titel 1')));
    expect(screen.getAllByRole('row').filter((row) => row.tabIndex === 0)).toEqual([rowNamed('Titel 1')]);
    fireEvent.keyDown(rowNamed('Titel 1'), { key: 'Enter' });
    expect(play).toHaveBeenCalledExactlyOnceWith(tracks, 1, origin);
  });

  it('reaches the last of 100,000 rows with End and puts the focus there', async () => {
    show(tracksOf(100_000));
    rowNamed('Titel 0').focus();
    fireEvent.keyDown(rowNamed('Titel 0'), { key: 'End' });
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Titel 99999'));
    expect(screen.getAllByRole('row').length).toBeLessThanOrEqual(60);
  });

  it('stretches the selection with Shift and offers what can be done with several', async () => {
    show(tracksOf(5));
    fireEvent.click(screen.getByText('Titel 1'));
    fireEvent.click(screen.getByText('Titel 3'), { shiftKey: true });
    expect(selectedTitles()).toEqual(['Titel 1', 'Titel 2', 'Titel 3']);
    const bar = screen.getByRole('toolbar');
    expect(bar.textContent).toContain('3 selected');
    expect(bar.textContent).toContain('3:00');
    const playNext = vi.spyOn(player, 'playNext').mockImplementation(() => undefined);
    fireEvent.click(within(bar).getByRole('button', { name: 'Play next' }));
    expect(playNext.mock.calls[0]?.[0].map((track) => track.title)).toEqual([
      'Titel 1',
      'Titel 2',
      'Titel 3',
    ]);
    fireEvent.keyDown(rowNamed('Titel 3'), { key: 'Escape' });
    expect(screen.queryByRole('toolbar')).toBeNull();
  });

  it('chooses every row on Mod+A, also those that are not in the document', () => {
    show(tracksOf(1_200));
    fireEvent.keyDown(rowNamed('Titel 0'), { key: 'a', ctrlKey: true });
    expect(screen.getByRole('toolbar').textContent).toContain('1,200 selected');
  });

  it('leaves the keys of the player to the player', () => {
    show(tracksOf(5));
    const untouched = fireEvent.keyDown(rowNamed('Titel 0'), { key: ' ' });
    expect(untouched).toBe(true);
    expect(fireEvent.keyDown(rowNamed('Titel 0'), { key: 'ArrowDown', ctrlKey: true })).toBe(true);
  });

  it('says why a track did not play, in the place of its artists, without growing', () => {
    const tracks = tracksOf(3);
    playbackStore.setState({ failed: new Map([[trackAt(1).id, 'media_unavailable']]) });
    show(tracks);
    expect(rowNamed('Titel 1').textContent).toContain('Its sound cannot be had');
    expect(within(rowNamed('Titel 1')).getByLabelText('Its sound cannot be had')).toBeDefined();
    playbackStore.setState({ failed: new Map() });
  });

  it('puts the discs of a record under headings with their length', () => {
    show(tracksOf(4), 'album', [
      { id: '1', title: 'Disc 1', durationMs: 120_000, firstIndex: 0 },
      { id: '2', title: 'Disc 2', durationMs: 120_000, firstIndex: 2 },
    ]);
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows[0]).toBe('Disc 12:00');
    expect(rows[3]).toBe('Disc 22:00');
    expect(rows).toHaveLength(6);
  });

  it('keeps the focus on a row whose track comes only now, and asks for those in sight', async () => {
    const all = tracksOf(200);
    const shown: (readonly number[])[] = [];
    const list = (tracks: readonly (Track | null)[]) => (
      <QueryClientProvider client={createQueryClient()}>
        <main id={PAGE_SCROLL_ID}>
          <TrackList
            tracks={tracks}
            layout="album"
            origin={origin}
            label="Titel"
            onShow={(indexes) => shown.push(indexes)}
            tracksAt={async (indexes) => indexes.flatMap((index) => all[index] ?? [])}
          />
        </main>
      </QueryClientProvider>
    );
    const { rerender } = render(list(all.map(() => null)));
    expect(shown.at(-1)?.slice(0, 3)).toEqual([0, 1, 2]);
    const first = (): HTMLElement | undefined => screen.getAllByRole('row')[0];
    first()?.focus();
    expect(first()?.getAttribute('aria-busy')).toBe('true');
    rerender(list(all.map((track, at) => (at < 100 ? track : null))));
    await waitFor(() => expect(document.activeElement).toBe(rowNamed('Titel 0')));

    // What is to be done with all of them waits for those that are not at hand.
    const addToQueue = vi.spyOn(player, 'addToQueue').mockImplementation(() => undefined);
    fireEvent.keyDown(rowNamed('Titel 0'), { key: 'a', ctrlKey: true });
    expect(screen.getByRole('toolbar').textContent).toContain('200 selected');
    fireEvent.click(screen.getByRole('button', { name: 'Add to queue' }));
    await waitFor(() => expect(addToQueue.mock.calls[0]?.[0]).toHaveLength(200));
    addToQueue.mockRestore();
  });

  it('opens a menu for the row under the pointer', async () => {
    show(tracksOf(3));
    fireEvent.contextMenu(screen.getByText('Titel 2'));
    const menu = await screen.findByRole('menu');
    const names = within(menu)
      .getAllByRole('menuitem')
      .map((entry) => entry.textContent);
    expect(names).toEqual([
      'Play',
      'Play next',
      'Add to queue',
      'Like',
      'Add to playlist …',
      'Keep offline',
      'Go to album',
      'Go to Halden',
      'Share …',
      'Copy title',
    ]);
    expect(selectedTitles()).toEqual(['Titel 2']);
  });

  describe('of music that is on this computer', () => {
    const before = { status: statusStore.getState(), downloads: downloadsStore.getState() };
    const goAway = (): void =>
      statusStore.setState({
        service: {
          state: 'unreachable',
          cause: 'offline',
          since: '2026-11-26T08:00:00Z',
          retryAt: '2026-11-26T08:01:00Z',
        },
      });
    const marksAsked = (): readonly unknown[] => host.calls.filter(({ method }) => method === 'cache.marks');
    afterEach(() => {
      statusStore.setState(before.status, true);
      downloadsStore.setState(before.downloads, true);
    });

    it('asks once for the rows in sight, and shows how each stands', async () => {
      marks = { [trackAt(1).id]: { state: 'kept' }, [trackAt(2).id]: { state: 'cached' } };
      show(tracksOf(100_000));
      expect(await within(rowNamed('Titel 1')).findByRole('img', { name: 'Kept' })).toBeTruthy();
      expect(within(rowNamed('Titel 2')).getByRole('img', { name: 'Played before' })).toBeTruthy();
      expect(within(rowNamed('Titel 3')).queryByRole('img')).toBeNull();
      expect(marksAsked()).toHaveLength(1);
    });

    it('follows a track as it is fetched', async () => {
      const stop = startMarks();
      show(tracksOf(3));
      marks = { [trackAt(1).id]: { state: 'fetching', share: 0.5 } };
      act(() => host.push('marks', { revision: 2 }));
      expect(await within(rowNamed('Titel 1')).findByRole('img', { name: 'Fetching, 50%' })).toBeTruthy();
      stop();
    });

    it('says of every row that needs the network that it does, while there is none, and still lets it be played', async () => {
      marks = { [trackAt(1).id]: { state: 'kept' } };
      const tracks = tracksOf(3);
      goAway();
      show(tracks);
      await within(rowNamed('Titel 2')).findByRole('img', { name: 'Needs network' });
      expect(screen.getAllByRole('img', { name: 'Needs network' })).toHaveLength(2);
      expect(within(rowNamed('Titel 1')).getByRole('img', { name: 'Kept' })).toBeTruthy();
      fireEvent.doubleClick(screen.getByText('Titel 2'));
      expect(play).toHaveBeenCalledExactlyOnceWith(tracks, 2, origin);
    });

    it('offers to keep one track, and to let it go when it is kept by itself', async () => {
      const track = trackAt(2);
      const pin: Pin = {
        source: { kind: 'track', id: track.id },
        title: track.title,
        artists: 'Halden',
        artwork: null,
        addedAt: '2026-11-21T10:00:00Z',
        state: { kind: 'kept' },
        trackCount: 1,
        keptCount: 1,
        failedCount: 0,
        bytes: 1,
        remainingBytes: 0,
      };
      const itemsFor = async (pins: readonly Pin[]): Promise<readonly (string | null)[]> => {
        downloadsStore.setState({ pins });
        show(tracksOf(3));
        fireEvent.contextMenu(screen.getByText('Titel 2'));
        const menu = await screen.findByRole('menu');
        const items = within(menu)
          .getAllByRole('menuitem')
          .map((item) => item.textContent);
        cleanup();
        return items;
      };
      expect(await itemsFor([])).toContain('Keep offline');
      expect(await itemsFor([pin])).toContain('Stop keeping');
      const record: Pin = { ...pin, source: { kind: 'album', id: track.album.id }, title: 'Low Water Mark' };
      expect(await itemsFor([record])).toContain('Kept with Low Water Mark');
    });

    it('has the first seconds fetched of the row that the pointer rests on', async () => {
      show(tracksOf(3));
      fireEvent.pointerOver(screen.getByText('Titel 0'));
      fireEvent.pointerOver(screen.getByText('Titel 2'));
      await waitFor(() => expect(host.calls.map(({ method }) => method)).toContain('cache.warm'));
      expect(host.calls.filter(({ method }) => method === 'cache.warm')).toEqual([
        { method: 'cache.warm', argument: { trackId: trackAt(2).id } },
      ]);
    });
  });
});
