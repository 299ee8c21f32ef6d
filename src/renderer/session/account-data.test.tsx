// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { SessionSnapshot } from '../../contract/session.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { speak } from '../i18n/i18n.ts';
import { statusWith } from '../status/status-for-tests.ts';
import { statusStore } from '../status/status-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { AccountSettings } from './account-settings.tsx';
import { takeFarewell } from './farewell.ts';
import { accountWith, listening, snapshotWith } from './session-for-tests.ts';
import { sessionStore } from './session-store.ts';

withoutLayout();

const nils = accountWith();
let host: HostForTests;
let refusal: HostErrorCode | null;
let issuer: string | null;

const show = (snapshot: SessionSnapshot = listening(nils)): void => {
  sessionStore.setState(snapshot, true);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <AccountSettings />
    </QueryClientProvider>,
  );
};
const asked = (method: string): readonly unknown[] =>
  host.calls.filter((call) => call.method === method).map(({ argument }) => argument);
const openDialog = async (): Promise<HTMLElement> => {
  fireEvent.click(screen.getByRole('button', { name: 'Delete the account…' }));
  return screen.findByRole('dialog', { name: 'Delete the account of Nils Kramer?' });
};
const type = (dialog: HTMLElement, value: string): void =>
  void fireEvent.change(within(dialog).getByRole('textbox', { name: 'To confirm, type “Nils Kramer”' }), {
    target: { value },
  });
const verb = (dialog: HTMLElement): HTMLButtonElement =>
  within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Delete the account' });
const toasts = () => useToastStore.getState().toasts.map(({ text, detail }) => ({ text, detail }));

beforeEach(() => {
  statusStore.setState(statusWith(), true);
  refusal = null;
  issuer = null;
  const refuse = (): void => {
    if (refusal !== null) throw new HostFailure(refusal, 'refused');
  };
  host = standInHost({
    'session.issuerElsewhere': () => issuer,
    'session.deleteAccount': () => {
      refuse();
      return snapshotWith();
    },
    'accountData.progress': () => ({ done: 1, total: 4 }),
    'accountData.takeOut': () => {
      refuse();
      throw new HostFailure('internal', 'a page has no files here');
    },
    'playback.savePosition': () => undefined,
    'playback.saveQueue': () => undefined,
  });
});
afterEach(() => {
  cleanup();
  speak('en');
  takeFarewell();
  useToastStore.setState({ toasts: [] });
});

describe('deleting the account', () => {
  it('says what goes and what stays, and waits until the name is typed', async () => {
    issuer = 'accounts.example';
    show();
    const dialog = await openDialog();
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map((item) => item.textContent?.replace(/\s/g, ' ')),
    ).toEqual([
      'What you like, have saved and follow, and your pictures',
      'Playlists that you own, also for those you invited',
      'Everything you played',
      'What is on this computer: 1,204 tracks, 24.3 GB',
    ]);
    expect(await within(dialog).findByText(/^You sign in with accounts\.example/)).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Take everything out' })).toBeTruthy();
    expect(verb(dialog).disabled).toBe(true);
    type(dialog, 'nils kramer');
    expect(verb(dialog).disabled).toBe(true);
    type(dialog, 'Nils Kramer');
    expect(asked('session.deleteAccount')).toEqual([]);
    fireEvent.click(verb(dialog));
    await expect
      .poll(() => asked('session.deleteAccount'))
      .toEqual([{ accountId: nils.id, confirm: 'Nils Kramer' }]);
    await expect.poll(() => sessionStore.getState().session.state).toBe('signed_out');
    expect(takeFarewell()).toBe(true);
  });

  it.each([
    ['offline', 'The account was not deleted. There is no network.'],
    ['forbidden', 'The account was not deleted. The service does not allow it.'],
    ['service_unreachable', 'The service did not say that the account is deleted. Try again.'],
    [
      'storage_failed',
      'The account is deleted. Something on this computer could not be: sign out to try again.',
    ],
  ] as const)('that fails (%s) says why, and can be tried again', async (code, sentence) => {
    refusal = code;
    show();
    const dialog = await openDialog();
    type(dialog, 'Nils Kramer');
    fireEvent.click(verb(dialog));
    expect((await within(dialog).findByRole('alert')).textContent).toBe(sentence);
    expect(verb(dialog).disabled).toBe(false);
    expect(takeFarewell()).toBe(false);
  });

  it('is not there where nobody signs in', () => {
    show(listening(accountWith({ id: 'open', isPersonal: false, name: null })));
    expect(screen.queryByRole('heading', { name: 'Your data' })).toBeNull();
  });
});

describe('taking everything out', () => {
  it('that fails says why', async () => {
    refusal = 'limit_reached';
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Take everything out' }));
    await expect
      .poll(toasts)
      .toEqual([{ text: 'Nothing was taken out', detail: 'It is larger than a file may be.' }]);
  });
});
