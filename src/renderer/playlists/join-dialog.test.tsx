// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { HostFailure } from '../../contract/host-error.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { JoinDialog, openJoinPlaylist } from './join-dialog.tsx';
import { headOf } from './playlist-for-tests.ts';

const CODE = '0x2k7d9fmq3b5w8r1tz4aB3-_dE6gH9jK2mN5pQ8sTuV1wX4yZ7A';
const OTHER = 'aB3-_dE6gH9jK2mN5pQ8sT';

afterEach(cleanup);

const open = (join: () => unknown) => {
  const host = standInHost({ 'playlists.join': join });
  const { hook, searchHook, history } = memoryLocation({ path: '/', record: true });
  render(
    <Router hook={hook} searchHook={searchHook}>
      <JoinDialog />
    </Router>,
  );
  return { host, history };
};
const field = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Invitation link or code' });

describe('an invitation that a link brought', () => {
  it('makes nobody a member before they say so, and leads to the playlist then', async () => {
    const { host, history } = open(() => headOf({ role: 'viewer' }));
    act(() => openJoinPlaylist(CODE));
    expect(field().value).toBe(CODE);
    expect(screen.getByText(/invitation of the link that you opened/)).toBeTruthy();
    expect(host.calls).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Join' }));
    await expect.poll(() => history.at(-1)).toBe(`/playlist/${headOf().id}`);
    expect(host.calls).toEqual([{ method: 'playlists.join', argument: { code: CODE } }]);
  });

  it('says when it does not work any more, and gives way to the next one', async () => {
    open(() => {
      throw new HostFailure('not_found', 'used');
    });
    act(() => openJoinPlaylist(CODE));
    fireEvent.click(screen.getByRole('button', { name: 'Join' }));
    expect(await screen.findByText(/does not work any more/)).toBeTruthy();
    act(() => openJoinPlaylist(OTHER));
    expect(field().value).toBe(OTHER);
    expect(screen.queryByText(/does not work any more/)).toBeNull();
  });
});
