// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router, type BaseLocationHook } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { HostStatus } from '../../contract/host-api.ts';
import { createQueryClient } from '../host/queries.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { formatTimeOfDay } from '../i18n/format.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { downloadsStore } from '../offline/downloads-store.ts';
import { accountWith, listening } from '../session/session-for-tests.ts';
import { sessionStore } from '../session/session-store.ts';
import { StatusButton } from './status-button.tsx';
import { awayFrom, downloadsWith, pinOfAlbum, statusWith } from './status-for-tests.ts';
import { checkService, followStatus, statusStore } from './status-store.ts';

withoutLayout();

const NOW = new Date('2026-11-23T17:42:30Z');
const SINCE = '2026-11-23T17:42:00Z';
const reachable = statusWith();
const unreachable = (cause: 'offline' | 'service_unreachable'): HostStatus =>
  statusWith({ service: awayFrom(cause) });

let host: HostForTests;
let answer: HostStatus = reachable;

beforeEach(() => {
  sessionStore.setState(listening(), true);
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
  host = standInHost({
    'status.get': () => answer,
    'status.check': () => answer,
    'downloads.retry': () => downloadsWith(),
    'session.signIn': () => sessionStore.getState(),
  });
});
afterEach(() => {
  cleanup();
  downloadsStore.setState(downloadsWith(), true);
  vi.useRealTimers();
});

const show = (status: HostStatus, hook?: BaseLocationHook): void => {
  statusStore.setState(status, true);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Router {...(hook === undefined ? {} : { hook })}>
        <StatusButton />
      </Router>
    </QueryClientProvider>,
  );
};
const open = (): void => void fireEvent.click(screen.getByRole('button', { name: /Status/ }));

describe('the status place', () => {
  it('names the state on its button, and since when it is bad', () => {
    show(unreachable('offline'));
    const button = screen.getByRole('button', {
      name: `Status: Offline since ${formatTimeOfDay(SINCE)}`,
    });
    expect(button).toBeTruthy();
  });

  it('says where music comes from while all is well', async () => {
    show(reachable);
    open();
    expect(await screen.findByText('Music comes from Steinbruch Records.')).toBeTruthy();
    expect(screen.getByText('214 tracks, 5.9 GB of 10 GB')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
  });

  it('tells no network from a service that is silent', () => {
    show(unreachable('offline'));
    open();
    expect(screen.getByRole('heading', { name: 'No network' })).toBeTruthy();
    expect(screen.getByText('1,204 tracks play anyway, for 73 hours.')).toBeTruthy();
    act(() => statusStore.setState(unreachable('service_unreachable'), true));
    expect(screen.getByRole('heading', { name: 'The service does not answer' })).toBeTruthy();
  });

  it('counts down to the next try', () => {
    show(unreachable('service_unreachable'));
    open();
    expect(screen.getByText('Trying again in 0:40')).toBeTruthy();
    act(() => void vi.advanceTimersByTime(2000));
    expect(screen.getByText('Trying again in 0:38')).toBeTruthy();
    act(() => void vi.advanceTimersByTime(60_000));
    expect(screen.getByText('Trying now')).toBeTruthy();
  });

  it('asks at once when it is told to', async () => {
    show(unreachable('service_unreachable'));
    open();
    answer = reachable;
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(await screen.findByRole('heading', { name: 'Everything works' })).toBeTruthy();
    expect(host.calls.map(({ method }) => method)).toContain('status.check');
  });

  it('says until when kept music is good, and what is fetched', () => {
    const lease = { state: 'valid', validUntil: '2026-12-21T10:00:00Z' } as const;
    const pin = pinOfAlbum('Flussabwärts', { state: { kind: 'waiting', cause: 'offline' } });
    downloadsStore.setState(downloadsWith({ lease, waitingTracks: 5, pins: [pin] }), true);
    show(unreachable('offline'));
    open();
    expect(screen.getByText('Good until 21 Dec 2026')).toBeTruthy();
    expect(screen.getByText('5 tracks wait for a network')).toBeTruthy();
    act(() => downloadsStore.setState({ isPaused: true }));
    expect(screen.getByText('Paused, 5 tracks wait')).toBeTruthy();
    act(() => downloadsStore.setState({ isPaused: false, pins: [], remainingMs: 12 * 60_000 }));
    expect(screen.getByText(/^5 tracks to go, about 12\smin$/)).toBeTruthy();
  });

  it('shows on its button, in words, what needs the listener, but first of all that it is offline', () => {
    const lease = { state: 'ending', validUntil: '2026-11-27T10:00:00Z' } as const;
    downloadsStore.setState(downloadsWith({ lease }), true);
    show(reachable);
    expect(screen.getByRole('button', { name: 'Status: Kept until 27 Nov' })).toBeTruthy();
    act(() => statusStore.setState(unreachable('offline'), true));
    expect(screen.getByRole('button', { name: /Status: Offline/ })).toBeTruthy();
  });

  it('tries again what could not be fetched', async () => {
    const pin = pinOfAlbum('T.N.T.', {
      state: { kind: 'failed', failure: 'media_unavailable' },
      failedCount: 2,
    });
    downloadsStore.setState(downloadsWith({ pins: [pin] }), true);
    show(reachable);
    expect(screen.getByRole('button', { name: 'Status: 2 failed' })).toBeTruthy();
    open();
    fireEvent.click(screen.getByRole('button', { name: '2 tracks. Try again' }));
    await expect
      .poll(() => host.calls.at(-1))
      .toEqual({ method: 'downloads.retry', argument: { source: null } });
  });

  it.each([
    ['Signed in as Nils Kramer', listening()],
    ['Needs no sign-in', listening(accountWith({ isPersonal: false }))],
    [
      `Nils Kramer. Waits for the sign-in service since ${formatTimeOfDay(SINCE)}`,
      listening(accountWith(), 'unrenewed'),
    ],
  ])('says who listens: %s', (words, snapshot) => {
    sessionStore.setState(snapshot, true);
    show(reachable);
    // Nothing that mends itself is shown on the button.
    expect(screen.getByRole('button', { name: 'Status: Online' })).toBeTruthy();
    open();
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('asks to sign in again, where one can', async () => {
    sessionStore.setState(listening(accountWith(), 'sign_in_again'), true);
    show(reachable);
    expect(screen.getByRole('button', { name: 'Status: Sign in again' })).toBeTruthy();
    open();
    expect(screen.getByRole('heading', { name: 'Sign in again' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Nils Kramer: sign in again' }));
    await expect
      .poll(() => host.calls.at(-1))
      .toEqual({
        method: 'session.signIn',
        argument: {
          serviceUrl: 'https://music.steinbruch.example',
          via: 'browser',
          accountId: 'account-nils',
        },
      });
  });

  it('tells a listener who is no longer premium until when kept music plays', () => {
    sessionStore.setState(listening(accountWith({ tier: 'free' })), true);
    const lease = { state: 'valid', validUntil: '2026-12-12T10:00:00Z' } as const;
    downloadsStore.setState(downloadsWith({ lease, pins: [pinOfAlbum('Flussabwärts')] }), true);
    show(reachable);
    open();
    expect(screen.getByText('You are no longer premium: what is kept plays until 12 Dec 2026')).toBeTruthy();
  });

  it('asks the issuer at once when it is told to', async () => {
    sessionStore.setState(listening(accountWith(), 'unrenewed'), true);
    show(reachable);
    open();
    expect(screen.getByRole('heading', { name: 'The sign-in service does not answer' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    await expect.poll(() => host.calls.map(({ method }) => method)).toContain('status.check');
  });

  it('leads to what plays', () => {
    const { hook, history } = memoryLocation({ path: '/', record: true });
    show(unreachable('offline'), hook);
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Show what plays' }));
    expect(history.at(-1)).toBe('/computer');
  });

  it('says that the key store does not answer, and how far the folder has moved', () => {
    const moving = { to: '/media/music', doneBytes: 34, totalBytes: 100 };
    show(statusWith({ storage: { ...reachable.storage, key: 'unavailable', moving } }));
    expect(screen.getByRole('button', { name: 'Status: No key store' })).toBeTruthy();
    open();
    expect(screen.getByText(/^The key store does not answer/)).toBeTruthy();
    expect(screen.getByText('34%')).toBeTruthy();
  });

  it('says that the cache folder cannot be written', () => {
    show({ ...reachable, cache: { ...reachable.cache, failure: 'EROFS' } });
    open();
    expect(screen.getByText('Cannot be written. Playing goes on without it.')).toBeTruthy();
  });
});

describe('following the status', () => {
  it('notices that the service is back when that is the answer to "Try now"', async () => {
    const back = vi.fn();
    answer = unreachable('service_unreachable');
    const stop = await followStatus(back, () => {});
    answer = reachable;
    await checkService();
    expect(back).toHaveBeenCalledTimes(1);
    stop();
  });

  it('tells when the service answers again, and only then', async () => {
    answer = reachable;
    statusStore.setState(reachable, true);
    const back = vi.fn<() => void>();
    const stop = await followStatus(back, () => {});
    host.push('status', reachable);
    expect(back).not.toHaveBeenCalled();
    host.push('status', unreachable('offline'));
    host.push('status', reachable);
    expect(back).toHaveBeenCalledTimes(1);
    stop();
  });

  it('does not say "online" when the host gives no status', async () => {
    standInHost({});
    statusStore.setState(statusStore.getInitialState(), true);
    const failures: unknown[] = [];
    await followStatus(
      () => {},
      (failure) => failures.push(failure),
    );
    expect(statusStore.getState().service).toEqual({ state: 'unknown' });
    expect(failures).toHaveLength(1);
  });
});
