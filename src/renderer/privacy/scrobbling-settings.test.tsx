// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import type { ScrobblerState, ScrobblingState } from '../../contract/scrobbling.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { useToastStore } from '../ui/toast.ts';
import { ScrobblingSettings } from './scrobbling-settings.tsx';

const OFF: ScrobblerState = { state: 'off', problem: null };
const ON: Extract<ScrobblerState, { state: 'on' }> = {
  state: 'on',
  name: 'ada',
  waiting: 0,
  lastSentAt: null,
  problem: null,
  refused: [],
};
const stateWith = (part: Partial<ScrobblingState>): ScrobblingState => ({
  listenBrainz: OFF,
  lastfm: OFF,
  ...part,
});

afterEach(() => {
  cleanup();
  useToastStore.setState({ toasts: [] });
});

const open = (): void => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ScrobblingSettings />
    </QueryClientProvider>,
  );
};
const part = async (name: string) => within(await screen.findByRole('region', { name }));
const connectOf = (region: Awaited<ReturnType<typeof part>>): HTMLElement =>
  region.getByRole('button', { name: 'Connect' });

describe('the settings of scrobbling', () => {
  it('keep a token that is not known in its field, say so, and connect with the right one', async () => {
    const host = standInHost({
      'scrobbling.get': () => stateWith({}),
      'scrobbling.connectListenBrainz': ({ token }: { readonly token: string }) =>
        stateWith({ listenBrainz: token === 'right' ? ON : { state: 'off', problem: 'invalid_token' } }),
    });
    open();
    const listenBrainz = await part('ListenBrainz');
    expect(connectOf(listenBrainz)).toHaveProperty('disabled', true);

    const field = listenBrainz.getByLabelText('User token');
    fireEvent.change(field, { target: { value: 'wrong' } });
    fireEvent.click(connectOf(listenBrainz));
    expect((await listenBrainz.findByRole('alert')).textContent).toContain('does not know the token');
    expect(field).toHaveProperty('value', 'wrong');
    expect(field).toHaveProperty('type', 'password');

    fireEvent.change(field, { target: { value: 'right' } });
    fireEvent.click(connectOf(listenBrainz));
    expect(await listenBrainz.findByText('Connected as ada')).toBeTruthy();
    expect(listenBrainz.queryByRole('alert')).toBeNull();
    expect(listenBrainz.queryByLabelText('User token')).toBeNull();
    expect(host.calls.filter(({ method }) => method === 'scrobbling.connectListenBrainz')).toHaveLength(2);
  });

  it('ask for a yes in the browser, say when there was none, and let go of it', async () => {
    standInHost({
      'scrobbling.get': () => stateWith({}),
      'scrobbling.beginLastfm': () => stateWith({ lastfm: { state: 'authorising', problem: null } }),
      'scrobbling.finishLastfm': () =>
        stateWith({ lastfm: { state: 'authorising', problem: 'not_confirmed' } }),
      'scrobbling.disconnect': () => stateWith({}),
    });
    open();
    const lastfm = await part('Last.fm');
    fireEvent.change(lastfm.getByLabelText('API key'), { target: { value: 'key' } });
    expect(connectOf(lastfm)).toHaveProperty('disabled', true);
    fireEvent.change(lastfm.getByLabelText('Shared secret'), { target: { value: 'secret' } });
    fireEvent.click(connectOf(lastfm));

    fireEvent.click(await lastfm.findByRole('button', { name: 'I have allowed it' }));
    expect((await lastfm.findByRole('alert')).textContent).toContain('not allowed it in the browser yet');
    fireEvent.click(lastfm.getByRole('button', { name: 'Cancel' }));
    expect(await lastfm.findByLabelText('API key')).toBeTruthy();
  });

  it('follow what becomes of plays, and ask for a token again that was taken back', async () => {
    const host = standInHost({ 'scrobbling.get': () => stateWith({ listenBrainz: { ...ON, waiting: 2 } }) });
    open();
    const listenBrainz = await part('ListenBrainz');
    expect(listenBrainz.getByText('2 plays wait to be sent')).toBeTruthy();

    act(() =>
      host.push(
        'scrobbling',
        stateWith({
          listenBrainz: {
            ...ON,
            problem: 'busy',
            refused: [
              { title: 'Deep End', artist: 'Ada', playedAt: '2026-01-01T00:00:00.000Z', reason: 'too_old' },
            ],
          },
        }),
      ),
    );
    expect(await listenBrainz.findByText('1 play was not taken')).toBeTruthy();
    expect(listenBrainz.getByText('Ada – Deep End: too long ago')).toBeTruthy();
    expect(listenBrainz.queryByLabelText('User token')).toBeNull();

    act(() => host.push('scrobbling', stateWith({ listenBrainz: { ...ON, problem: 'invalid_token' } })));
    expect(await listenBrainz.findByLabelText('User token')).toBeTruthy();
    expect(listenBrainz.getByRole('button', { name: 'Disconnect' })).toBeTruthy();
  });

  it('say that something did not work, and can be used again', async () => {
    standInHost({
      'scrobbling.get': () => stateWith({ lastfm: ON }),
      'scrobbling.disconnect': () => {
        throw new HostFailure('storage_failed', 'full');
      },
    });
    open();
    const lastfm = await part('Last.fm');
    const disconnect = lastfm.getByRole('button', { name: 'Disconnect' });
    await act(async () => fireEvent.click(disconnect));
    expect(useToastStore.getState().toasts.map(({ text }) => text)).toEqual(['That did not work']);
    expect(disconnect).toHaveProperty('disabled', false);
  });
});
