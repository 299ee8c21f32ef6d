// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { FollowButton, HeartButton } from './heart-button.tsx';
import { takeLibrary } from './library-store.ts';
import { setSaved } from './save-actions.ts';

afterEach(() => {
  cleanup();
  useToastStore.setState({ toasts: [] });
});

const toasts = (): readonly string[] => useToastStore.getState().toasts.map(({ text }) => text);

const showHeart = async (): Promise<void> => {
  render(<HeartButton kind="track" id="t1" title="Deep End" />);
  await act(() => new Promise((resolve) => void setTimeout(resolve)));
};
const like = (): HTMLElement => screen.getByRole('button', { name: 'Like Deep End' });
const unlike = (): HTMLElement => screen.getByRole('button', { name: 'Remove Deep End from your library' });

describe('liking', () => {
  it('shows before the host has answered, says so, and can be taken back', async () => {
    const saving = Promise.withResolvers<{ undo: string }>();
    const host = standInHost({
      'library.save': () => saving.promise,
      'library.undo': () => ({ undo: null }),
    });
    await showHeart();
    fireEvent.click(like());
    expect(unlike()).toBeTruthy();
    expect(toasts()).toEqual([]);
    saving.resolve({ undo: 'token' });
    await waitFor(() => expect(toasts()).toEqual(['Deep End is in your liked tracks']));
    useToastStore.getState().toasts[0]?.action?.onSelect();
    await waitFor(() =>
      expect(host.calls.at(-1)).toEqual({ method: 'library.undo', argument: { token: 'token' } }),
    );
  });

  it('goes back to how it was when it could not be kept, and says why', async () => {
    standInHost({
      'library.save': () => {
        throw new HostFailure('storage_failed', 'full');
      },
    });
    await showHeart();
    fireEvent.click(like());
    expect(unlike()).toBeTruthy();
    await waitFor(() => expect(toasts()).toEqual(['Deep End was not saved']));
    expect(like()).toBeTruthy();
  });

  it('follows what was done on another device', async () => {
    let saved: readonly string[] = [];
    standInHost({ 'library.marks': () => saved });
    const state = {
      revision: 1,
      counts: { track: 0, album: 0, artist: 0, playlist: 0 },
      sync: { state: 'synced', at: '2026-11-26T08:00:00Z' },
      refused: 0,
    } as const;
    act(() => takeLibrary(state));
    await showHeart();
    expect(like()).toBeTruthy();
    saved = ['t1'];
    act(() => takeLibrary({ ...state, revision: 2 }));
    await waitFor(() => expect(unlike()).toBeTruthy());
  });

  it('of more than the host takes at once goes in pieces, in order, and is undone from the last one', async () => {
    let token = 0;
    const host = standInHost({
      'library.save': () => ({ undo: `u${(token += 1)}` }),
      'library.undo': () => ({ undo: null }),
    });
    const things = Array.from({ length: 2_500 }, (_, at) => ({ id: `t${at}`, title: `Tone ${at}` }));
    await setSaved('track', things, true);
    const sent = host.calls.map(({ argument }) => (argument as { ids: readonly string[] }).ids);
    expect(sent.map((ids) => ids.length)).toEqual([1000, 1000, 500]);
    expect(sent.flat()).toEqual(things.map(({ id }) => id));
    expect(toasts()).toEqual(['2,500 tracks are in your liked tracks']);
    useToastStore.getState().toasts[0]?.action?.onSelect();
    await waitFor(() => expect(host.calls).toHaveLength(6));
    expect(host.calls.slice(3).map(({ argument }) => argument)).toEqual([
      { token: 'u3' },
      { token: 'u2' },
      { token: 'u1' },
    ]);
  });

  it('an artist is following them', async () => {
    const host = standInHost({ 'library.save': () => ({ undo: 'u' }) });
    render(<FollowButton id="a1" name="Halden" />);
    await act(() => new Promise((resolve) => void setTimeout(resolve)));
    fireEvent.click(screen.getByRole('button', { name: 'Follow' }));
    expect(screen.getByRole('button', { name: 'Following', pressed: true })).toBeTruthy();
    await waitFor(() => expect(toasts()).toEqual(['You follow Halden']));
    expect(host.calls.at(-1)?.argument).toEqual({ kind: 'artist', ids: ['a1'] });
  });
});
