// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { queryClient } from '../host/queries.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { headOf, PLAYLIST_ID } from './playlist-for-tests.ts';
import { headQuery } from './playlist-queries.ts';
import { SharedPage } from './shared-page.tsx';
import { SHARED_PATH, showShared, useSharedLink } from './shared-store.ts';

const SHARE_ID = `${PLAYLIST_ID}S8vK-2_xQ0aZ7rJ4mN1p5w`;

withoutLayout();
afterEach(() => {
  cleanup();
  queryClient.clear();
  useSharedLink.setState({ shareId: null });
});

const open = (answer: () => unknown, shareId: string | null = SHARE_ID) => {
  const host = standInHost({ 'playlists.openShared': answer });
  const { hook, searchHook, history, navigate } = memoryLocation({ path: '/', record: true });
  if (shareId === null) navigate(SHARED_PATH);
  else showShared(shareId, navigate);
  render(
    <QueryClientProvider client={queryClient}>
      <Router hook={hook} searchHook={searchHook}>
        <SharedPage />
      </Router>
    </QueryClientProvider>,
  );
  return { host, history };
};
const failing = (code: HostErrorCode) => (): never => {
  throw new HostFailure(code, 'no');
};

describe('a link to somebody’s playlist', () => {
  it('leads to the playlist, and its secret stands in no address', async () => {
    const { host, history } = open(() => headOf({ role: 'visitor' }));
    await expect.poll(() => history.at(-1)).toBe(`/playlist/${PLAYLIST_ID}`);
    expect(host.calls).toEqual([{ method: 'playlists.openShared', argument: { shareId: SHARE_ID } }]);
    expect(queryClient.getQueryData(headQuery(PLAYLIST_ID).queryKey)?.role).toBe('visitor');
    expect(history.join(' ')).not.toContain(SHARE_ID);
  });

  it.each<[HostErrorCode, string]>([
    ['gone', 'This link was taken back'],
    ['not_found', 'Nothing is shared under this link'],
    ['invalid_argument', 'Nothing is shared under this link'],
    ['offline', 'There is no network'],
    ['sign_in_required', 'Sign in again to see this'],
  ])('that fails with %s says “%s”', async (code, words) => {
    const { history } = open(failing(code));
    expect(await screen.findByRole('heading', { name: words })).toBeTruthy();
    expect(history.at(-1)).toBe(SHARED_PATH);
  });

  it('that is none any more leads nowhere', () => {
    const { host } = open(failing('internal'), null);
    expect(host.calls).toEqual([]);
  });
});
