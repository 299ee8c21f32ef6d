// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import type { SystemAbilities } from '../../contract/system.ts';
import { createQueryClient } from '../host/queries.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { listening } from '../session/session-for-tests.ts';
import { sessionStore } from '../session/session-store.ts';
import { awayFrom, statusWith } from '../status/status-for-tests.ts';
import { statusStore } from '../status/status-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { checkDraft } from './proxy-draft.ts';
import { SettingsPage } from './settings-page.tsx';
import { settingsStore } from './settings-store.ts';

withoutLayout();

const EVERYTHING: SystemAbilities = {
  tray: true,
  launchAtLogin: true,
  trackNotifications: true,
  stayAwake: true,
  proxy: true,
  opensLinks: true,
  profile: null,
};
const NOTHING: SystemAbilities = {
  tray: false,
  launchAtLogin: false,
  trackNotifications: false,
  stayAwake: false,
  proxy: false,
  opensLinks: false,
  profile: null,
};

let kept: Settings;
let password: string | null;
let answers: boolean;
let diskFull: boolean;
let host: HostForTests;

const openHost = (abilities: SystemAbilities): void => {
  host = standInHost({
    'system.abilities': () => abilities,
    'system.hasProxyPassword': () => password !== null,
    'system.setProxyPassword': (request: { password: string | null }) => {
      password = request.password;
    },
    'settings.change': (change: Partial<Settings>) => {
      if (diskFull) throw new HostFailure('storage_failed', 'no space');
      kept = { ...kept, ...change };
      return kept;
    },
    'status.check': () => (answers ? statusWith() : statusWith({ service: awayFrom('service_unreachable') })),
    'reports.list': () => [],
  });
};

beforeEach(() => {
  kept = DEFAULT_SETTINGS;
  password = null;
  answers = true;
  diskFull = false;
  settingsStore.setState(DEFAULT_SETTINGS, true);
  sessionStore.setState(listening(), true);
  statusStore.setState(statusWith(), true);
  openHost(EVERYTHING);
});
afterEach(cleanup);

const open = (page: string): void => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <SettingsPage page={page} />
    </QueryClientProvider>,
  );
};
const type = (label: string, value: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }));
};
const changes = (): readonly unknown[] =>
  host.calls.filter(({ method }) => /^(settings\.change|system\.setProxyPassword)$/.test(method));

describe('what surrounds the window', () => {
  it.each([
    ['appearance', 'Stay beside the clock', 'closeToTray', true],
    ['appearance', 'Open with the computer', 'launchAtLogin', true],
    ['playback', 'Keep the computer awake while music plays', 'stayAwakeWhilePlaying', false],
    ['playback', 'Say what begins to play', 'notifyOnTrackChange', true],
  ] as const)('is set on the page of %s: %s', async (page, name, key, becomes) => {
    open(page);
    fireEvent.click(await screen.findByRole('switch', { name }));
    await expect.poll(() => kept[key]).toBe(becomes);
  });

  it('is not offered where the shell cannot do it', async () => {
    openHost(NOTHING);
    for (const page of ['appearance', 'playback', 'privacy']) open(page);
    await expect
      .poll(() => host.calls.filter(({ method }) => method === 'system.abilities').length)
      .toBeGreaterThan(0);
    expect(await screen.findByText('Nothing has crashed.')).toBeTruthy();
    for (const name of [/clock/, /with the computer/, /awake/, /begins to play/])
      expect(screen.queryByRole('switch', { name })).toBeNull();
    expect(screen.queryByRole('radiogroup', { name: 'Proxy' })).toBeNull();
  });
});

describe('a proxy', () => {
  const choose = async (mode: string): Promise<void> => {
    fireEvent.click(await screen.findByRole('radio', { name: mode }));
  };

  it('of one’s own counts only once it is named; its password goes to the key store alone', async () => {
    open('privacy');
    await choose('My own');
    expect(changes()).toEqual([]);
    press('Use it');
    expect((await screen.findByRole('alert')).textContent).toBe('Without a server nothing gets out.');
    type('Server', ' proxy.example:8080 ');
    type('Name', 'nils');
    type('Password', 's3cret');
    expect(screen.getByLabelText('Password').getAttribute('type')).toBe('password');
    press('Use it');
    expect(await screen.findByText('In use')).toBeTruthy();
    expect(kept.proxy).toEqual({
      mode: 'manual',
      server: 'http://proxy.example:8080',
      username: 'nils',
      bypass: '',
    });
    expect(password).toBe('s3cret');
    expect(screen.getByLabelText('Password')).toHaveProperty('value', '');
    expect(screen.getByLabelText('Password').getAttribute('placeholder')).toBe('Kept in the key store');
    expect(JSON.stringify(kept)).not.toContain('s3cret');
  });

  it('of another server is not handed the password of the old one', async () => {
    const proxy = { mode: 'manual', server: 'http://old.example', username: 'nils', bypass: '' } as const;
    password = 'of the old one';
    settingsStore.setState({ proxy });
    open('privacy');
    await screen.findByRole('button', { name: 'Forget the password' });
    type('Server', 'http://new.example');
    press('Use it');
    expect(await screen.findByText('In use')).toBeTruthy();
    expect(changes().map((call) => JSON.stringify(call))).toEqual([
      '{"method":"system.setProxyPassword","argument":{"password":null}}',
      expect.stringContaining('http://new.example'),
    ]);
    expect(password).toBeNull();
  });

  it('has its password forgotten, and the keyboard goes on in its field', async () => {
    password = 's3cret';
    settingsStore.setState({
      proxy: { mode: 'manual', server: 'http://a.example', username: 'n', bypass: '' },
    });
    open('privacy');
    fireEvent.click(await screen.findByRole('button', { name: 'Forget the password' }));
    expect(await screen.findByText('The password was forgotten')).toBeTruthy();
    await expect.poll(() => screen.queryByRole('button', { name: 'Forget the password' })).toBeNull();
    expect(password).toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
  });

  it('stays as it was when it cannot be kept, and says so', async () => {
    open('privacy');
    await choose('My own');
    type('Server', 'proxy.example');
    diskFull = true;
    press('Use it');
    expect(await screen.findByText(/^That could not be kept\./)).toBeTruthy();
    expect(settingsStore.getState().proxy.mode).toBe('system');
  });

  it('is tried by asking the service', async () => {
    open('privacy');
    await choose('None');
    await expect.poll(() => kept.proxy.mode).toBe('none');
    press('Check the connection');
    expect(await screen.findByText('Steinbruch Records answers.')).toBeTruthy();
    answers = false;
    press('Check the connection');
    expect(await screen.findByText('Steinbruch Records does not answer this way.')).toBeTruthy();
  });

  it.each([
    ['proxy.example', 'http://proxy.example'],
    ['https://proxy.example:8443', 'https://proxy.example:8443'],
    ['socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
    ['[::1]:8080', 'http://[::1]:8080'],
  ])('is written as %s', (typed, server) => {
    const draft = { server: typed, username: '', password: '', bypass: '' };
    expect(checkDraft(draft)).toMatchObject({ kind: 'right', proxy: { server }, password: null });
  });

  it.each([
    'ftp://proxy.example',
    'nils:secret@proxy.example',
    'proxy.example/path',
    'a b',
    'proxy.example:port',
  ])('is not written as %s', (typed) => {
    const draft = { server: typed, username: '', password: '', bypass: '' };
    expect(checkDraft(draft)).toEqual({ kind: 'wrong', problem: 'badServer' });
  });
});
