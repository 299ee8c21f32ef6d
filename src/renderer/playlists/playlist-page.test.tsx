// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, createEvent, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { HostFailure } from '../../contract/host-error.ts';
import type { PlaylistHead, PlaylistItem } from '../../contract/library.ts';
import { queryClient } from '../host/queries.ts';
import { player } from '../playback/player.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { clipStore } from './clipboard.ts';
import { editStore } from './editing.ts';
import {
  headOf,
  itemOf,
  ME,
  PLAYLIST_ID,
  playlistHost,
  type PlaylistForTests,
} from './playlist-for-tests.ts';
import { PlaylistPage } from './playlist-page.tsx';
import { NEW_RULES } from './rule-form.ts';

withoutLayout();

beforeEach(() => {
  queryClient.clear();
  useToastStore.setState({ toasts: [] });
  clipStore.setState({ clip: null });
  editStore.setState({ edited: null });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run));
  Element.prototype.scrollTo ??= () => undefined;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const letters = (text: string): readonly PlaylistItem[] => Array.from(text, (letter) => itemOf(letter));
const open = (
  items: readonly PlaylistItem[],
  head: Partial<PlaylistHead> | HostFailure = {},
  refuses: Readonly<Record<string, HostFailure>> = {},
): PlaylistForTests => {
  const host = playlistHost({ head: head instanceof HostFailure ? head : headOf(head), items, refuses });
  const { hook, searchHook } = memoryLocation({ path: `/playlist/${PLAYLIST_ID}` });
  render(
    <QueryClientProvider client={queryClient}>
      <Router hook={hook} searchHook={searchHook}>
        <PlaylistPage id={PLAYLIST_ID} />
      </Router>
    </QueryClientProvider>,
  );
  return host;
};
const row = async (letter: string): Promise<HTMLElement> => {
  const title = await screen.findByText(`Title ${letter}`);
  return title.closest('[data-index]') as HTMLElement;
};
const shown = (): string =>
  screen
    .queryAllByText(/^Title .$/)
    .map((title) => title.closest<HTMLElement>('[data-index]'))
    .toSorted((left, right) => Number(left?.dataset['index']) - Number(right?.dataset['index']))
    .map((each) => /Title (.)/.exec(each?.textContent ?? '')?.[1])
    .join('');
const choose = async (text: string): Promise<HTMLElement> => {
  let last: HTMLElement | null = null;
  for (const [at, letter] of Array.from(text).entries()) {
    last = await row(letter);
    fireEvent.click(last, { ctrlKey: at > 0 });
  }
  if (last === null) throw new Error('nothing to choose');
  last.focus();
  return last;
};
const toasts = (): readonly string[] => useToastStore.getState().toasts.map(({ text }) => text);

describe('the page of a playlist', () => {
  it('says what it is, and how much is in it', async () => {
    open(letters('ABC'), { description: 'For the way home', visibility: 'public' });
    expect(await screen.findByRole('heading', { name: 'Late train' })).toBeTruthy();
    expect(screen.getByText(/^3 tracks, 9\smin$/)).toBeTruthy();
    expect(screen.getByText('For the way home')).toBeTruthy();
    expect(screen.getByText('Public')).toBeTruthy();
    await row('A');
    expect(shown()).toBe('ABC');
  });

  it('shows a visitor the tracks, says why nothing can be changed, and saves a copy that can be undone', async () => {
    const members = [{ userId: 'lena', name: 'Lena Grün', role: 'owner' }] as const;
    const host = open(letters('ABC'), { role: 'visitor', visibility: 'public', members });
    await row('A');
    expect(shown()).toBe('ABC');
    expect(screen.getByText('Playlist of Lena Grün')).toBeTruthy();
    const reason = 'Only people who were invited can change it. A copy is yours to change.';
    expect(screen.getByText(reason)).toBeTruthy();
    fireEvent.keyDown(await choose('A'), { key: 'Delete' });
    fireEvent.keyDown(await choose('B'), { key: 'ArrowUp', altKey: true });
    expect(toasts()).toEqual([reason]);
    expect(host.order()).toBe('ABC');
    fireEvent.click(screen.getByRole('button', { name: 'Save a copy' }));
    await expect.poll(() => toasts().at(-1)).toBe('A copy of Late train is in your library');
    const call = host.calls.find(({ method }) => method === 'playlists.create');
    const trackIds = letters('ABC').map(({ trackId }) => trackId);
    expect(call?.argument).toMatchObject({ name: 'Late train', trackIds });
    expect(useToastStore.getState().toasts.at(-1)?.action?.label).toBe('Undo');
  });

  it('says of when a visitor sees it, where nobody can ask how it is now', async () => {
    open(letters('A'), { role: 'visitor', visibility: 'public', oldSince: '2026-11-20T10:00:00Z' });
    await row('A');
    expect(screen.getByText(/^As of 20 Nov.*: the service cannot be asked/)).toBeTruthy();
  });

  it('shows no more of what is not shared any more', async () => {
    open(letters('A'), new HostFailure('gone', 'taken back'));
    expect(await screen.findByText('This link was taken back')).toBeTruthy();
    expect(shown()).toBe('');
  });

  it('keeps few of 10,000 rows in the document, and asks for those alone', async () => {
    const host = open(Array.from({ length: 10_000 }, (_, index) => itemOf(String(index))));
    await screen.findByText('Title 0');
    const grid = screen.getByRole('grid');
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(within(grid).getAllByRole('row').length).toBeLessThanOrEqual(60);
    expect(host.countOf('playlists.items')).toBe(1);
  });

  it('says so when there is none, and when it is empty', async () => {
    open([], new HostFailure('not_found', 'no such playlist'));
    expect(await screen.findByText('There is no such playlist')).toBeTruthy();
    cleanup();
    queryClient.clear();
    open([]);
    expect(await screen.findByText('Nothing in it yet')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Play' }).hasAttribute('disabled')).toBe(true);
  });

  it('keeps the place of a track that the catalog no longer has, and plays the others', async () => {
    open([itemOf('A'), itemOf('B', { track: null }), itemOf('C')]);
    expect(await screen.findByText('Not in the catalog any more, or not known here')).toBeTruthy();
    const play = vi.spyOn(player, 'play').mockImplementation(() => undefined);
    fireEvent.doubleClick(await row('C'));
    await expect.poll(() => play.mock.calls.length).toBe(1);
    const [tracks, index, origin] = play.mock.calls[0] ?? [];
    expect(tracks?.map(({ title }) => title)).toEqual(['Title A', 'Title C']);
    expect(index).toBe(1);
    expect(origin).toEqual({ kind: 'playlist', id: PLAYLIST_ID, title: 'Late train' });
  });
});

describe('tracks of a playlist', () => {
  it('are moved by a key together, and stay chosen', async () => {
    const host = open(letters('ABCDE'));
    fireEvent.keyDown(await choose('BD'), { key: 'ArrowUp', altKey: true });
    await expect.poll(shown).toBe('BDACE');
    await expect.poll(host.order).toBe('BDACE');
    expect((await row('B')).getAttribute('aria-selected')).toBe('true');
    await expect
      .poll(() => document.activeElement === screen.getByText('Title B').closest('[data-index]'))
      .toBe(true);
    expect((await row('A')).getAttribute('aria-selected')).toBe('false');
    expect(toasts()).toEqual(['2 tracks moved to place 1']);
  });

  it('are put back where they were when the host does not move them', async () => {
    open(letters('ABC'), {}, { move: new HostFailure('storage_failed', 'full') });
    fireEvent.keyDown(await choose('A'), { key: 'End', altKey: true });
    await expect.poll(toasts).toEqual(['That could not be done']);
    await expect.poll(shown).toBe('ABC');
  });

  it('are not moved while another order is looked at', async () => {
    const host = open(letters('CAB'));
    await row('A');
    fireEvent.change(screen.getByLabelText('Sort by'), { target: { value: 'title' } });
    await expect.poll(shown).toBe('ABC');
    fireEvent.keyDown(await choose('A'), { key: 'ArrowDown', altKey: true });
    expect(await screen.findByText(/can be moved while the list is in its own order/)).toBeTruthy();
    expect(host.countOf('playlists.move')).toBe(0);
    expect(host.order()).toBe('CAB');
  });

  it('are removed by a key and brought back by another', async () => {
    const host = open(letters('ABCD'));
    fireEvent.keyDown(await choose('BC'), { key: 'Delete' });
    await expect.poll(shown).toBe('AD');
    await expect.poll(host.order).toBe('AD');
    expect(toasts()).toEqual(['2 tracks removed']);
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await expect.poll(host.order).toBe('ABCD');
    await expect.poll(shown).toBe('ABCD');
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true, shiftKey: true });
    await expect.poll(shown).toBe('AD');
  });

  it('are cut and pasted after what is chosen then; copies are added', async () => {
    const host = open(letters('ABCD'));
    fireEvent.keyDown(await choose('A'), { key: 'x', ctrlKey: true });
    fireEvent.keyDown(await choose('C'), { key: 'v', ctrlKey: true });
    await expect.poll(shown).toBe('BCAD');
    fireEvent.keyDown(await choose('D'), { key: 'c', ctrlKey: true });
    fireEvent.keyDown(await choose('B'), { key: 'v', ctrlKey: true });
    await expect.poll(host.order).toBe('BDCAD');
  });

  it('are dropped into the gap under the pointer', async () => {
    const host = open(letters('ABCD'));
    const grid = await screen.findByRole('grid');
    const dataTransfer = { setData: () => undefined, setDragImage: () => undefined };
    fireEvent.dragStart(await row('A'), { dataTransfer });
    // Without a layout the list begins at 0 and a row is as high as the setting says.
    const at = (event: Event, clientY: number): Event =>
      Object.defineProperty(event, 'clientY', { value: clientY });
    fireEvent(grid, at(createEvent.dragOver(grid, { dataTransfer }), 0));
    fireEvent(grid, at(createEvent.drop(grid, { dataTransfer }), 48 * 3));
    await expect.poll(host.order).toBe('BCAD');
  });

  it('are found as one types', async () => {
    open(letters('ABCD'));
    await row('A');
    fireEvent.change(screen.getByRole('searchbox', { name: 'Find in playlist' }), {
      target: { value: 'title c' },
    });
    await expect.poll(shown).toBe('C');
    expect(screen.getByText('1 track found')).toBeTruthy();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nowhere' } });
    expect(await screen.findByText('No track in it has “nowhere” in it.')).toBeTruthy();
  });

  it('that stand in it twice are told, and removed but for the first', async () => {
    const host = open([...letters('AB'), itemOf('A', { itemId: 'item-A2' }), ...letters('C')]);
    expect(await screen.findByText('1 duplicate')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    await expect.poll(host.order).toBe('ABC');
    await expect.poll(() => screen.queryByText('1 duplicate')).toBeNull();
  });

  it('say who added them where several do, and a viewer changes nothing', async () => {
    const members = [
      { userId: 'lena', name: 'Lena Grün', role: 'owner' },
      { userId: ME, name: 'Nico Kern', role: 'viewer' },
    ] as const;
    const host = open([itemOf('A', { addedBy: 'lena' }), itemOf('B')], { members, role: 'viewer' });
    await row('B');
    expect(screen.getByRole('img', { name: 'Added by Lena Grün' }).textContent).toBe('LG');
    fireEvent.keyDown(await choose('A'), { key: 'Delete' });
    fireEvent.keyDown(await choose('A'), { key: 'ArrowDown', altKey: true });
    expect(host.order()).toBe('AB');
    expect(host.countOf('playlists.remove') + host.countOf('playlists.move')).toBe(0);
  });
});

describe('what a playlist is called', () => {
  it('is edited in its place: Enter keeps it, Escape does not, nothing is no name', async () => {
    const host = open(letters('A'));
    await row('A');
    const edit = (): HTMLElement => {
      act(() => editStore.setState({ edited: { id: PLAYLIST_ID, part: 'name' } }));
      return screen.getByRole('textbox', { name: 'Name' });
    };
    fireEvent.change(edit(), { target: { value: 'Night train' } });
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Name' }), { key: 'Escape' });
    expect(await screen.findByRole('heading', { name: 'Late train' })).toBeTruthy();
    fireEvent.change(edit(), { target: { value: '   ' } });
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Name' }), { key: 'Enter' });
    expect(screen.getByText('It needs a name')).toBeTruthy();
    expect(host.countOf('playlists.edit')).toBe(0);
    fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: ' Night  train ' } });
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Name' }), { key: 'Enter' });
    expect(await screen.findByRole('heading', { name: 'Night train' })).toBeTruthy();
  });
});

describe('a smart playlist', () => {
  it('says its rules, and keeps them only when they are whole', async () => {
    const rules = { ...NEW_RULES, rules: [{ kind: 'liked', value: true } as const] };
    const host = open(letters('A'), { rules });
    expect(
      await screen.findByText('Tracks where you like it. Sorted by date added, descending.'),
    ).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Edit rules' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Add rule' }));
    expect(screen.queryByText('Something has to stand here')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Keep rules' }));
    expect(screen.getByText('Something has to stand here')).toBeTruthy();
    expect(host.countOf('playlists.edit')).toBe(0);
    fireEvent.change(screen.getByLabelText('With what'), { target: { value: 'Folk' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep rules' }));
    expect(await screen.findByText(/you like it and the genre is “Folk”/)).toBeTruthy();
  });
});
