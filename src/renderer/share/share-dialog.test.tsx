// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import type { Sharing } from '../../contract/share-http.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { speak } from '../i18n/i18n.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { ShareDialog } from './share-dialog.tsx';
import { closeShare, openShare } from './share-store.ts';

withoutLayout();

const ID = '0x2k7d9fmq3b5w8r1tz4';
const SHARE_ID = 'S8vK-2_xQ0aZ7rJ4mN1p5w';
const BASE = 'https://music.example';

let host: HostForTests;
let sharing: Sharing | null;
let isAway: boolean;
let shareId: string;

beforeEach(async () => {
  await speak('en');
  sharing = { baseUrl: BASE, previews: true };
  isAway = false;
  shareId = SHARE_ID;
  localStorage.clear();
  host = standInHost({
    'share.info': () => {
      if (isAway) throw new HostFailure('offline', 'no network');
      return sharing;
    },
    'share.playlist': () => ({ shareId, url: `${BASE}/playlist/${shareId}` }),
    'share.revoke': () => null,
    'app.openExternal': () => null,
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ShareDialog />
    </QueryClientProvider>,
  );
});
afterEach(() => {
  act(closeShare);
  cleanup();
});

const share = (kind: 'track' | 'playlist'): void =>
  act(() => openShare({ kind, id: ID, title: 'Kiesbett', people: kind === 'track' ? 'Halden' : '' }));
const asked = (method: string): readonly unknown[] =>
  host.calls.filter((call) => call.method === method).map(({ argument }) => argument);
const linkField = (): Promise<HTMLInputElement> => screen.findByRole('textbox', { name: 'Link' });
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));

describe('the share dialog', () => {
  it('sends the link where a person presses, and nowhere before', async () => {
    share('track');
    expect((await linkField()).value).toBe(`${BASE}/track/${ID}`);
    expect(asked('app.openExternal')).toEqual([]);
    press('Bluesky');
    await waitFor(() => expect(asked('app.openExternal')).toHaveLength(1));
    const [{ url }] = asked('app.openExternal') as [{ url: string }];
    expect(new URL(url).searchParams.get('text')).toBe(`Kiesbett – Halden ${BASE}/track/${ID}`);
  });

  it('asks for a Mastodon server once, and takes nothing that is none', async () => {
    share('track');
    await linkField();
    press('Mastodon');
    const server = (): HTMLElement => screen.getByRole('textbox', { name: 'Your Mastodon server' });
    fireEvent.change(server(), { target: { value: 'javascript:alert(1)' } });
    press('Go on to Mastodon');
    expect(await screen.findByText('Write it like mastodon.social')).toBeTruthy();
    expect(asked('app.openExternal')).toEqual([]);
    fireEvent.change(server(), { target: { value: '@lene@chaos.social' } });
    press('Go on to Mastodon');
    await waitFor(() => expect(asked('app.openExternal')).toHaveLength(1));
    press('Mastodon');
    press('Mastodon');
    expect(server()).toHaveProperty('value', 'chaos.social');
  });

  it('puts a playlist behind a link that can be taken back', async () => {
    share('playlist');
    expect((await linkField()).value).toBe(`${BASE}/playlist/${SHARE_ID}`);
    press('Stop sharing');
    await waitFor(() => expect(asked('share.revoke')).toEqual([{ shareId: SHARE_ID }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('takes no link back from a public playlist, which is its own', async () => {
    shareId = ID;
    share('playlist');
    expect((await linkField()).value).toBe(`${BASE}/playlist/${ID}`);
    expect(screen.queryByRole('button', { name: 'Stop sharing' })).toBeNull();
    expect(screen.getByText(/until it is made private/)).toBeTruthy();
  });

  it('says that there is no page, and has a link of the app', async () => {
    sharing = null;
    share('track');
    expect(await screen.findByText('There is no page to link to')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy Riffle link' })).toBeTruthy();
  });

  it('says when the service cannot be reached, and asks again', async () => {
    isAway = true;
    share('track');
    expect(await screen.findByRole('alert')).toHaveProperty(
      'textContent',
      expect.stringContaining('cannot be reached'),
    );
    isAway = false;
    press('Try again');
    expect((await linkField()).value).toBe(`${BASE}/track/${ID}`);
  });

  it('keeps what a title holds within the code that embeds it', async () => {
    act(() => openShare({ kind: 'album', id: ID, title: '"><script>alert(1)</script>' }));
    await linkField();
    fireEvent.mouseDown(screen.getByRole('tab', { name: 'Embed' }));
    const code = await screen.findByRole('textbox', { name: 'Code for your page' });
    expect(code).toHaveProperty('value', expect.not.stringContaining('<script>'));
  });
});
