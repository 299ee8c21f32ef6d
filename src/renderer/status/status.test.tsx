// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostStatus } from '../../contract/host-api.ts';
import { createQueryClient } from '../host/queries.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { formatTimeOfDay } from '../i18n/format.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { StatusButton } from './status-button.tsx';
import { followStatus, statusStore } from './status-store.ts';

withoutLayout();

const CACHE = { tracks: 214, bytes: 5_900_000_000, limitBytes: 10_000_000_000, failure: null };
const NOW = new Date('2026-11-23T17:42:30Z');
const SINCE = '2026-11-23T17:42:00Z';
const reachable: HostStatus = { service: { state: 'reachable', checkedAt: SINCE }, cache: CACHE };
const unreachable = (cause: 'offline' | 'service_unreachable'): HostStatus => ({
  service: { state: 'unreachable', cause, since: SINCE, retryAt: '2026-11-23T17:43:10Z' },
  cache: CACHE,
});

let host: HostForTests;
let answer: HostStatus = reachable;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
  host = standInHost({
    'status.get': () => answer,
    'status.check': () => answer,
    'app.info': () => ({ serviceName: 'Steinbruch Records', serviceUrl: 'https://music.steinbruch.example' }),
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const show = (status: HostStatus): void => {
  statusStore.setState(status, true);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <StatusButton />
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
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('tells no network from a service that is silent', () => {
    show(unreachable('offline'));
    open();
    expect(screen.getByRole('heading', { name: 'No network' })).toBeTruthy();
    expect(screen.getByText('214 tracks that were played before still play.')).toBeTruthy();
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
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Everything works' })).toBeTruthy();
    expect(host.calls.map(({ method }) => method)).toContain('status.check');
  });

  it('says that the cache folder cannot be written', () => {
    show({ ...reachable, cache: { ...CACHE, failure: 'EROFS' } });
    open();
    expect(screen.getByText('Cannot be written. Playing goes on without it.')).toBeTruthy();
  });
});

describe('following the status', () => {
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
