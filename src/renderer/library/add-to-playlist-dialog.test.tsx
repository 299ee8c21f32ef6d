// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { AddToPlaylistDialog } from './add-to-playlist-dialog.tsx';
import { closeAddToPlaylist, openAddToPlaylist } from './add-to-playlist-store.ts';
import { folderCalled, onShelf, playlistCalled, trackCalled } from './things-for-tests.ts';

const TRACKS = [trackCalled('t1', 'Deep End'), trackCalled('t2', 'Tide')];
const SHELF = [
  onShelf(playlistCalled('p1', 'Kitchen')),
  folderCalled('f1', 'Unterwegs', [onShelf(playlistCalled('p2', 'Late train'))]),
  onShelf(playlistCalled('p3', 'Theirs', { role: 'viewer' })),
];

withoutLayout();

let host: HostForTests;
const open = async (suggestedName?: string): Promise<void> => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <AddToPlaylistDialog />
    </QueryClientProvider>,
  );
  act(() => openAddToPlaylist(TRACKS, suggestedName));
  await screen.findByRole('option', { name: /Kitchen/ });
};
const field = (): HTMLElement => screen.getByRole('combobox', { name: 'Find or make a playlist' });
const options = (): readonly (string | null)[] =>
  screen.getAllByRole('option').map(({ textContent }) => textContent);
const changes = (): readonly unknown[] => host.calls.filter(({ method }) => method.startsWith('playlists.'));

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  Element.prototype.scrollTo = (): void => undefined;
  host = standInHost({
    'library.shelf': () => SHELF,
    'playlists.add': () => ({ undo: 'u', added: 1, skipped: 1 }),
    'playlists.create': ({ name }: { readonly name: string }) => ({
      undo: 'u',
      playlist: playlistCalled('new', name),
    }),
  });
});
afterEach(() => {
  act(() => closeAddToPlaylist());
  cleanup();
  useToastStore.setState({ toasts: [] });
  vi.restoreAllMocks();
});

describe('adding to a playlist', () => {
  it('offers those that take tracks, wherever they stand, and a new one', async () => {
    await open();
    expect(options()).toEqual(['New playlist', 'Kitchen3 tracks', 'Late trainin Unterwegs · 3 tracks']);
    expect(screen.getByRole('dialog', { name: 'Add 2 tracks to a playlist' })).toBeTruthy();
  });

  it('takes the one that is found by Enter, and says what was in it already', async () => {
    await open();
    fireEvent.click(screen.getByRole('switch', { name: 'Leave out what is in it already' }));
    fireEvent.change(field(), { target: { value: 'train' } });
    const [found] = screen.getAllByRole('option');
    expect(found?.getAttribute('aria-selected')).toBe('true');
    expect(field().getAttribute('aria-activedescendant')).toBe(found?.id);
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() =>
      expect(useToastStore.getState().toasts[0]).toMatchObject({
        text: '1 track added to Late train',
        detail: '1 was in it already',
      }),
    );
    expect(changes()).toEqual([
      { method: 'playlists.add', argument: { id: 'p2', trackIds: ['t1', 't2'], duplicates: 'skip' } },
    ]);
  });

  it('makes the one that there is not yet, by the name that was typed', async () => {
    await open();
    fireEvent.change(field(), { target: { value: 'Rain on the Ruhr' } });
    expect(options()).toEqual(['New playlist “Rain on the Ruhr”']);
    fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(useToastStore.getState().toasts[0]?.text).toBe('Rain on the Ruhr is made'));
    expect(changes()).toEqual([
      {
        method: 'playlists.create',
        argument: { name: 'Rain on the Ruhr', trackIds: ['t1', 't2'], folderId: null },
      },
    ]);
  });

  it('goes round with the arrows, and calls a new one as was proposed', async () => {
    await open('Queue of today');
    const chosen = (): string | null => screen.getByRole('option', { selected: true }).textContent;
    expect(chosen()).toBe('New playlist “Queue of today”');
    fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(chosen()).toContain('Late train');
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    expect(chosen()).toContain('Kitchen');
  });
});
