// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { accountWith, listening } from '../session/session-for-tests.ts';
import { sessionStore } from '../session/session-store.ts';
import { statusStore } from '../status/status-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { QueryState } from './page-states.tsx';

withoutLayout();

const online = statusStore.getState();
const goAway = (cause: 'offline' | 'service_unreachable'): void =>
  statusStore.setState({
    service: { state: 'unreachable', cause, since: '2026-11-26T08:00:00Z', retryAt: '2026-11-26T08:01:00Z' },
  });

let history: readonly string[];
const show = (data: unknown, code: HostErrorCode | null = null): ((next: unknown) => void) => {
  const { hook, history: visited } = memoryLocation({ path: '/album/a', record: true });
  history = visited;
  const view = (value: unknown) => (
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={hook}>
        <QueryState
          query={{
            data: value,
            error: code === null ? null : new HostFailure(code, 'no'),
            refetch: () => undefined,
          }}
          skeleton={null}
        >
          {() => <h1>Flussabwärts</h1>}
        </QueryState>
      </Router>
    </QueryClientProvider>
  );
  const { rerender } = render(view(data));
  return (next) => rerender(view(next));
};

beforeEach(() => statusStore.setState(online, true));
afterEach(cleanup);

describe('a page of the catalog', () => {
  it.each([
    ['offline', 'No network. This is what this computer knows.'],
    ['service_unreachable', 'The service does not answer. This is what this computer knows.'],
  ] as const)('says that it was answered from this computer: %s', (cause, words) => {
    goAway(cause);
    show({ title: 'Flussabwärts', fromComputer: true });
    expect(screen.getByRole('status').textContent).toBe(words);
    expect(screen.getByRole('heading', { name: 'Flussabwärts' })).toBeTruthy();
  });

  it.each([
    ['sign_in_again', 'Not signed in. This is what this computer knows.'],
    ['unrenewed', 'The sign-in service does not answer. This is what this computer knows.'],
    ['signed_in', 'The service did not answer in time. This is what this computer knows.'],
  ] as const)('says why, while the service is there: %s', (state, words) => {
    sessionStore.setState(listening(accountWith(), state), true);
    show({ title: 'Flussabwärts', fromComputer: true });
    expect(screen.getByRole('status').textContent).toBe(words);
  });

  it('says so of a list when one of its pages was', () => {
    show({ pages: [{ items: [] }, { items: [], fromComputer: true }] });
    expect(screen.getByRole('status').textContent).toContain('did not answer in time');
  });

  it('says nothing of what the service answered, and keeps what it shows when the line goes', () => {
    goAway('offline');
    const next = show({ title: 'Flussabwärts', fromComputer: true });
    const heading = screen.getByRole('heading');
    act(() => next({ title: 'Flussabwärts' }));
    expect(screen.queryByRole('status')).toBeNull();
    expect(screen.getByRole('heading')).toBe(heading);
  });

  it.each(['offline', 'service_unreachable'] as const)(
    'that this computer does not know leads to what plays here: %s',
    (code) => {
      goAway(code);
      statusStore.setState({ playable: { tracks: 12, durationMs: 1 } });
      show(undefined, code);
      act(() => screen.getByRole('button', { name: 'Show what plays' }).click());
      expect(history.at(-1)).toBe('/computer');
    },
  );

  it('does not lead there when nothing plays here', () => {
    goAway('offline');
    show(undefined, 'offline');
    expect(screen.queryByRole('button', { name: 'Show what plays' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Try now' })).toBeTruthy();
  });

  it('asks to sign in again where the service wants that, as the same listener', async () => {
    const host = standInHost({ 'session.signIn': () => sessionStore.getState() });
    sessionStore.setState(listening(accountWith(), 'sign_in_again'), true);
    show(undefined, 'sign_in_required');
    expect(screen.getByRole('heading', { name: 'Sign in again to see this' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await expect
      .poll(() => host.calls)
      .toMatchObject([{ method: 'session.signIn', argument: { accountId: 'account-nils' } }]);
  });

  it.each([
    ['premium_required', 'This is for premium listeners'],
    ['too_many_requests', 'That was much at once'],
    ['internal', 'This page could not be shown'],
  ] as const)('says in words why it cannot be shown: %s', (code, words) => {
    show(undefined, code);
    expect(screen.getByRole('heading', { name: words })).toBeTruthy();
  });
});
