// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { HostFailure } from '../../contract/host-error.ts';
import type { SessionSnapshot } from '../../contract/session.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { speak } from '../i18n/i18n.ts';
import { statusWith } from '../status/status-for-tests.ts';
import { statusStore } from '../status/status-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { AccountButton } from './account-button.tsx';
import { AccountSettings } from './account-settings.tsx';
import { closePremiumExplanation } from './explain-premium.ts';
import { takeFarewell } from './farewell.ts';
import { FreeBadge } from './free-badge.tsx';
import { PremiumDialog } from './premium-dialog.tsx';
import { accountWith, listening } from './session-for-tests.ts';
import { sessionStore } from './session-store.ts';
import { SignInAgainBar } from './sign-in-again-bar.tsx';
import { signInStore } from './sign-in-store.ts';

withoutLayout();

const nils = accountWith();
const free = accountWith({ tier: 'free' });
const mira = accountWith({ id: 'account-mira', name: 'Mira Oyelaran' });
const open = accountWith({ id: 'open', isPersonal: false, name: null, serviceName: 'Club' });

let host: HostForTests;
let refreshed: SessionSnapshot;
let isDiskBroken: boolean;
let visited: readonly string[];
const show = (snapshot: SessionSnapshot, what = <AccountButton />): void => {
  sessionStore.setState(snapshot, true);
  const { hook, history } = memoryLocation({ path: '/', record: true });
  visited = history;
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={hook}>
        {what}
        <PremiumDialog />
      </Router>
    </QueryClientProvider>,
  );
};
const asked = (method: string): readonly unknown[] =>
  host.calls.filter((call) => call.method === method).map(({ argument }) => argument);
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));
const openMenu = async (name: string): Promise<HTMLElement> => {
  fireEvent.keyDown(screen.getByRole('button', { name }), { key: 'Enter' });
  return screen.findByRole('menu');
};
const toasts = (): readonly string[] => useToastStore.getState().toasts.map(({ text }) => text);

beforeEach(() => {
  statusStore.setState(statusWith(), true);
  signInStore.setState({ dialog: { kind: 'closed' }, openedAddress: null });
  isDiskBroken = false;
  refreshed = listening(nils);
  const signedOut = (): SessionSnapshot => {
    if (isDiskBroken) throw new HostFailure('storage_failed', 'EIO');
    return listening(nils);
  };
  host = standInHost({
    'session.switchTo': () => listening(mira),
    'session.signOut': signedOut,
    'session.refresh': () => refreshed,
    'session.signIn': () => sessionStore.getState(),
    'app.openExternal': () => undefined,
    'playback.savePosition': () => undefined,
    'playback.saveQueue': () => undefined,
  });
});
afterEach(() => {
  cleanup();
  closePremiumExplanation();
  speak('en');
  takeFarewell();
  useToastStore.setState({ toasts: [] });
});

describe('the account in the title bar', () => {
  it('shows initials, and in its menu who listens, where, and in which tier', async () => {
    show(listening(free));
    const button = screen.getByRole('button', { name: 'Account: Nils Kramer' });
    expect(button.querySelector('[data-initials]')?.getAttribute('data-initials')).toBe('NK');
    const menu = await openMenu('Account: Nils Kramer');
    expect(within(menu).getByText('Steinbruch Records')).toBeTruthy();
    expect(within(menu).getByText('Free')).toBeTruthy();
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((item) => item.textContent),
    ).toEqual(['Add an account', 'Account settings', 'Sign out']);
  });

  it('leads to the other accounts of this computer', async () => {
    show(listening(nils, 'signed_in', { accounts: [nils, mira, open] }));
    const menu = await openMenu('Account: Nils Kramer');
    expect(within(menu).getByRole('menuitem', { name: 'Switch to Club' })).toBeTruthy();
    fireEvent.click(
      within(menu).getByRole('menuitem', { name: 'Switch to Mira Oyelaran, Steinbruch Records' }),
    );
    await expect.poll(() => asked('session.switchTo')).toEqual([{ accountId: 'account-mira' }]);
  });

  it('leads to the settings, and to another account', async () => {
    show(listening(nils));
    await openMenu('Account: Nils Kramer');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Account settings' }));
    expect(visited.at(-1)).toBe('/settings/account');
    // The menu gives the focus back a moment after it closed, and would close another that is open by then.
    await expect
      .poll(() => document.activeElement)
      .toBe(screen.getByRole('button', { name: 'Account: Nils Kramer' }));
    await openMenu('Account: Nils Kramer');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Add an account' }));
    expect(signInStore.getState().dialog).toEqual({ kind: 'add' });
  });

  it('of a service without sign-in is the service', async () => {
    show(listening(open));
    const menu = await openMenu('Service: Club');
    expect(within(menu).getByText('No sign-in needed')).toBeTruthy();
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((item) => item.textContent),
    ).toEqual(['Connect to another service', 'Account settings', 'Disconnect']);
  });

  it('says exactly what goes before it signs out, with the verb on the button', async () => {
    show(listening(nils));
    await openMenu('Account: Nils Kramer');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Sign out' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign out Nils Kramer?' });
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map((item) => item.textContent?.replace(/\s/g, ' ')),
    ).toEqual([
      'What you keep: 990 tracks, 18.4 GB',
      'What was played: 214 tracks, 5.9 GB',
      'History and queue',
      'The key without which nobody can play what may be left on the disk',
    ]);
    expect(within(dialog).getByText('This cannot be undone.')).toBeTruthy();
    expect(asked('session.signOut')).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    await expect.poll(() => asked('session.signOut')).toEqual([{ accountId: nils.id }]);
    // Said on the first page of the window that starts over.
    expect(takeFarewell()).toBe(true);
  });

  it('says when something could not be deleted, and no farewell', async () => {
    isDiskBroken = true;
    show(listening(nils));
    await openMenu('Account: Nils Kramer');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Sign out' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
    await expect.poll(toasts).toEqual(['Nils Kramer is not signed out']);
    expect(takeFarewell()).toBe(false);
  });
});

describe('what premium is', () => {
  it('is explained at the badge of a free listener, who then finds the way there', async () => {
    show(
      listening(accountWith({ tier: 'free', upgradeUrl: 'https://steinbruch.example/premium' })),
      <FreeBadge />,
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    press('Free');
    const dialog = await screen.findByRole('dialog', { name: 'Listen without ads' });
    const rows = within(dialog)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows).toEqual([
      ['What', 'Free', 'Premium'],
      ['The catalog', 'All of it', 'All of it'],
      ['Ads', 'After 10 minutes of music, at most 2', 'None'],
      ['Quality', 'Up to normal', 'Up to lossless'],
      ['Without a network', 'What was played lately', 'Whatever you keep'],
    ]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Get premium' }));
    await expect
      .poll(() => asked('app.openExternal'))
      .toEqual([{ url: 'https://steinbruch.example/premium' }]);
  });

  it('has no badge for premium listeners, nor where nobody signs in', () => {
    show(listening(nils), <FreeBadge />);
    act(() => sessionStore.setState(listening(open), true));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is to be asked of whoever runs the service, where there is no page for it', async () => {
    speak('de');
    show(listening(free), <FreeBadge />);
    press('Free');
    expect(await screen.findByText('Frag, wer Steinbruch Records betreibt, nach Premium.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Premium holen' })).toBeNull();
  });

  it('takes effect as soon as the service says so', async () => {
    show(listening(free), <AccountSettings />);
    refreshed = listening(free);
    press('I have upgraded');
    await expect.poll(toasts).toEqual(['The service still lists you as free']);
    refreshed = listening(nils);
    press('I have upgraded');
    await expect.poll(toasts).toContain('You are premium now');
    expect(screen.queryByRole('button', { name: 'I have upgraded' })).toBeNull();
  });
});

describe('the account settings', () => {
  it('say who listens, where and in which tier', () => {
    show(listening(nils), <AccountSettings />);
    const facts = screen.getAllByRole('definition').map(({ textContent }) => textContent);
    expect(facts).toEqual(['Nils Kramer', 'Steinbruch Records music.steinbruch.example', 'Premium']);
  });

  it('of a service without sign-in say what that means, and nothing of tiers', () => {
    show(listening(open), <AccountSettings />);
    expect(screen.getByText(/^This service has no sign-in/)).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('list every account of this computer, to switch to and to sign out of', async () => {
    show(listening(nils, 'signed_in', { accounts: [mira, nils] }), <AccountSettings />);
    const rows = screen.getAllByRole('listitem');
    expect(rows.map((row) => within(row).queryByText('In use') !== null)).toEqual([false, true]);
    press('Sign out Mira Oyelaran');
    const dialog = await screen.findByRole('dialog', { name: 'Sign out Mira Oyelaran?' });
    // Of an account that is not open no sizes are known, and none are made up.
    expect(within(dialog).getByText('What this account keeps, and what it played')).toBeTruthy();
    expect(within(dialog).queryByText(/GB/)).toBeNull();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    await expect
      .poll(toasts)
      .toEqual(['Mira Oyelaran is signed out. Everything of theirs is gone from this computer.']);
    expect(takeFarewell()).toBe(false);
  });

  it('say what it means that a sign-in is kept in memory only', () => {
    show(listening(nils, 'signed_in', { keepsSignIn: 'memory' }), <AccountSettings />);
    expect(screen.getByRole('note').textContent).toMatch(/^You stay signed in until you quit/);
  });
});

describe('a sign-in that was taken back', () => {
  it('is said in a bar that stays, blocks nothing, and signs the same account in again', async () => {
    show(listening(nils, 'sign_in_again'), <SignInAgainBar />);
    expect(screen.getByRole('status').textContent).toContain('What is on this computer plays on.');
    expect(screen.queryByRole('dialog')).toBeNull();
    press('Sign in');
    await expect
      .poll(() => asked('session.signIn'))
      .toEqual([{ serviceUrl: nils.serviceUrl, via: 'browser', accountId: nils.id }]);
  });

  it('is not what a silent issuer means', () => {
    show(listening(nils, 'unrenewed'), <SignInAgainBar />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
