// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import {
  SIGN_IN_FAILURES,
  type ServicePreview,
  type SessionSnapshot,
  type SignIn,
} from '../../contract/session.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { languageFor, speak } from '../i18n/i18n.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { Toasts } from '../ui/toasts.tsx';
import { rememberFarewell } from './farewell.ts';
import { accountWith, listening, signingIn, snapshotWith } from './session-for-tests.ts';
import { followSession, sessionStore } from './session-store.ts';
import { addAccount, signInAgain } from './sign-in-actions.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { signInStore } from './sign-in-store.ts';
import { Welcome } from './welcome.tsx';

withoutLayout();

const DEMO = 'http://127.0.0.1:4620';
const LABEL = 'https://music.steinbruch.example';
const inBrowser = (serviceUrl: string, openedByHost = true): SignIn => ({
  step: 'in_browser',
  serviceUrl,
  address: 'https://id.steinbruch.example/authorize?state=1',
  openedByHost,
  expiresAt: '2026-11-26T04:00:00Z',
});
const previewOf = (serviceUrl: string, part: Partial<ServicePreview> = {}): ServicePreview => ({
  serviceUrl,
  name: 'Steinbruch Records',
  picture: null,
  tracks: 1204,
  signIn: 'needed',
  demo: false,
  ...part,
});

/** A host that answers as told, and begins each sign-in with the first of `begins`. */
let host: HostForTests;
let snapshot: SessionSnapshot;
let stop: () => void;
let inspect: (address: string) => ServicePreview | Promise<ServicePreview>;
let begins: (serviceUrl: string) => SignIn;
const tell = (next: SessionSnapshot): void => {
  snapshot = next;
  host.push('session', next);
};
const open = async (
  start: SessionSnapshot,
  what = <Welcome />,
  shell: 'electron' | 'web' = 'electron',
): Promise<void> => {
  snapshot = start;
  host = standInHost(
    {
      'session.get': () => snapshot,
      'session.inspect': ({ address }: { address: string }) => inspect(address),
      'session.signIn': ({ serviceUrl }: { serviceUrl: string }) => {
        tell({ ...snapshot, signIn: { step: 'asking', serviceUrl } });
        tell({ ...snapshot, signIn: begins(serviceUrl) });
        return snapshot;
      },
      'session.cancelSignIn': () => {
        tell({ ...snapshot, signIn: { step: 'idle' } });
        return snapshot;
      },
      'session.switchTo': () => snapshot,
      'settings.change': (change: Partial<Settings>) => ({ ...settingsStore.getState(), ...change }),
      'app.openExternal': ({ url }: { url: string }) => {
        if (!url.startsWith('https:')) throw new HostFailure('invalid_argument', 'https only');
      },
    },
    shell,
  );
  stop = await followSession(() => {});
  render(
    <QueryClientProvider client={createQueryClient()}>
      {what}
      <Toasts />
    </QueryClientProvider>,
  );
};
const asked = (method: string): readonly unknown[] =>
  host.calls.filter((call) => call.method === method).map(({ argument }) => argument);
const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const field = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Your music service' });
const press = (name: string): void => void fireEvent.click(button(name));
const type = (address: string): void => void fireEvent.change(field(), { target: { value: address } });

beforeEach(() => {
  inspect = (address) => previewOf(address);
  begins = (serviceUrl) => inBrowser(serviceUrl);
  signInStore.setState({ dialog: { kind: 'closed' }, openedAddress: null });
  settingsStore.setState(DEFAULT_SETTINGS, true);
});
afterEach(() => {
  stop();
  cleanup();
  vi.restoreAllMocks();
  speak('en');
  useToastStore.setState({ toasts: [] });
});

describe('the welcome', () => {
  it('has the offered service in the field, and says whose it is', async () => {
    await open(snapshotWith({ offeredServiceUrl: LABEL }));
    expect(field().value).toBe(LABEL);
    expect(await screen.findByText('Steinbruch Records, 1,204 tracks')).toBeTruthy();
    expect(field().getAttribute('aria-invalid')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Look around with the demo library' })).toBeNull();
  });

  it.each([
    ['invalid_argument', 'That is no address. One looks like music.example.'],
    ['service_unreachable', 'Nobody answers there, or it is no music service for Riffle.'],
    ['offline', 'There is no network.'],
    ['internal', 'Riffle could not look there. Try again in a moment.'],
  ] as const)('says what is wrong with an address: %s', async (code, words) => {
    inspect = () => {
      throw new HostFailure(code, 'no');
    };
    await open(snapshotWith({ offeredServiceUrl: 'music' }));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(field().getAttribute('aria-invalid')).toBe('true');
  });

  it('drops what is answered about an address that is no longer in the field', async () => {
    let answerLate: (preview: ServicePreview) => void = () => {};
    inspect = (address) =>
      address === DEMO
        ? new Promise((resolve) => (answerLate = resolve))
        : previewOf(address, { name: 'The newer one' });
    await open(snapshotWith({ offeredServiceUrl: DEMO }));
    await expect.poll(() => asked('session.inspect').length).toBe(1);
    type(LABEL);
    expect(await screen.findByText(/^The newer one/)).toBeTruthy();
    await act(async () => answerLate(previewOf(DEMO, { name: 'The older one' })));
    expect(screen.queryByText(/^The older one/)).toBeNull();
    expect(screen.getByText(/^The newer one/)).toBeTruthy();
  });

  it('signs in at Enter, without waiting for the check, with the address as the service spells it', async () => {
    inspect = () => previewOf(LABEL);
    await open(snapshotWith());
    type('music.steinbruch.example');
    fireEvent.submit(field());
    expect(await screen.findByRole('heading', { name: 'Go on in your browser' })).toBeTruthy();
    expect(asked('session.signIn')).toEqual([{ serviceUrl: LABEL, via: 'browser' }]);
  });

  it('asks for an address before anything else', async () => {
    await open(snapshotWith());
    press('Sign in with your browser');
    expect(document.activeElement).toBe(field());
    expect(asked('session.signIn')).toEqual([]);
  });

  it('connects to a service that has no sign-in', async () => {
    inspect = () => previewOf(LABEL, { signIn: 'none' });
    await open(snapshotWith({ offeredServiceUrl: LABEL }));
    fireEvent.click(await screen.findByRole('button', { name: 'Connect' }));
    await expect.poll(() => asked('session.signIn')).toEqual([{ serviceUrl: LABEL, via: 'browser' }]);
  });

  it('leads to the demo of the service the app was started with, whatever is in the field', async () => {
    inspect = (address) => previewOf(address, { demo: address === DEMO });
    await open(snapshotWith({ offeredServiceUrl: DEMO }));
    type('somewhere.example');
    fireEvent.click(await screen.findByRole('button', { name: 'Look around with the demo library' }));
    await expect.poll(() => asked('session.signIn')).toEqual([{ serviceUrl: DEMO, via: 'browser' }]);
  });

  it('says what a system without a key store means for staying signed in', async () => {
    await open(snapshotWith({ keepsSignIn: 'memory' }));
    expect(screen.getByText(/You stay signed in until you quit/)).toBeTruthy();
  });

  it('speaks the other language at a press', async () => {
    await open(snapshotWith());
    const unfollow = settingsStore.subscribe(({ language }) => speak(languageFor(language)));
    press('Deutsch');
    expect(await screen.findByRole('button', { name: 'Im Browser anmelden' })).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Play drücken, gleich hören');
    unfollow();
  });

  it('offers the accounts that are on this computer already', async () => {
    const mira = accountWith({ id: 'account-mira', name: 'Mira Oyelaran' });
    await open(snapshotWith({ accounts: [mira] }));
    const choice = screen.getByRole('region', { name: 'Go on as' });
    fireEvent.click(within(choice).getByRole('button', { name: /^Mira Oyelaran/ }));
    await expect.poll(() => asked('session.switchTo')).toEqual([{ accountId: 'account-mira' }]);
    await act(async () => tell(signingIn(inBrowser(LABEL), { accounts: [mira] })));
    expect(screen.queryByRole('region', { name: 'Go on as' })).toBeNull();
  });

  it('says once, after signing out, what has become of everything', async () => {
    rememberFarewell();
    await open(snapshotWith());
    expect(useToastStore.getState().toasts.map(({ text }) => text)).toEqual([
      'You are signed out. Everything of yours is deleted from this computer.',
    ]);
    cleanup();
    useToastStore.setState({ toasts: [] });
    await open(snapshotWith());
    expect(useToastStore.getState().toasts).toEqual([]);
  });
});

describe('signing in', () => {
  it('goes on in the browser, from where one can go back', async () => {
    await open(signingIn(inBrowser(LABEL)));
    press('Open again');
    await expect
      .poll(() => asked('app.openExternal'))
      .toEqual([{ url: 'https://id.steinbruch.example/authorize?state=1' }]);
    press('Cancel');
    await screen.findByRole('textbox');
    expect(document.activeElement).toBe(field());
    expect(asked('session.cancelSignIn')).toHaveLength(1);
  });

  it('begins anew where the host opens no page without TLS', async () => {
    await open(signingIn({ ...inBrowser(DEMO), address: 'http://127.0.0.1:4620/identity/auth' } as SignIn));
    press('Open again');
    await expect.poll(() => asked('session.signIn')).toEqual([{ serviceUrl: DEMO, via: 'browser' }]);
  });

  it('opens the page in a tab that cannot reach back, where the window has to do it', async () => {
    const page = { opener: window };
    const openWindow = vi.spyOn(window, 'open').mockReturnValue(page as unknown as Window);
    begins = (serviceUrl) => inBrowser(serviceUrl, false);
    await open(snapshotWith({ offeredServiceUrl: LABEL }), <Welcome />, 'web');
    press('Sign in with your browser');
    await expect
      .poll(() => openWindow.mock.calls)
      .toEqual([['https://id.steinbruch.example/authorize?state=1', '_blank']]);
    expect(page.opener).toBeNull();
    expect(await screen.findByRole('button', { name: 'Open again' })).toBeTruthy();
  });

  it('offers a plain link where the browser keeps the page from opening', async () => {
    vi.spyOn(window, 'open').mockReturnValue(null);
    begins = (serviceUrl) => inBrowser(serviceUrl, false);
    await open(snapshotWith({ offeredServiceUrl: LABEL }), <Welcome />, 'web');
    press('Sign in with your browser');
    const link = await screen.findByRole('link', { name: 'Open the sign-in page' });
    expect(link.getAttribute('href')).toBe('https://id.steinbruch.example/authorize?state=1');
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('shows the code for another device', async () => {
    begins = (serviceUrl) => ({
      step: 'on_device',
      serviceUrl,
      address: 'https://id.steinbruch.example/device',
      completeAddress: null,
      code: 'BDWP-HQPK',
      expiresAt: '2026-11-26T04:00:00Z',
    });
    await open(snapshotWith({ offeredServiceUrl: LABEL }));
    fireEvent.click(await screen.findByRole('button', { name: 'Use another device instead' }));
    expect(await screen.findByText('BDWP-HQPK')).toBeTruthy();
    expect(screen.getByText('id.steinbruch.example/device')).toBeTruthy();
    expect(asked('session.signIn')).toEqual([{ serviceUrl: LABEL, via: 'device' }]);
  });

  it('says in one sentence why it came to nothing, each reason its own, in both languages', async () => {
    await open(snapshotWith());
    for (const language of ['en', 'de'] as const) {
      const sentences = new Set<string>();
      for (const failure of SIGN_IN_FAILURES) {
        await act(async () => {
          speak(language);
          tell(signingIn({ step: 'failed', serviceUrl: LABEL, failure }));
        });
        sentences.add(within(screen.getByRole('main')).getByRole('status').textContent);
      }
      expect(sentences.size).toBe(SIGN_IN_FAILURES.length);
      expect([...sentences].filter((words) => !/[.]$/.test(words))).toEqual([]);
    }
  });

  it('is tried again as it was, by the browser when no other device is offered', async () => {
    const failed = { step: 'failed', serviceUrl: LABEL, failure: 'not_offered' } as const;
    begins = () => failed;
    await open(snapshotWith({ offeredServiceUrl: LABEL }));
    fireEvent.click(await screen.findByRole('button', { name: 'Use another device instead' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await expect
      .poll(() => asked('session.signIn'))
      .toEqual([
        { serviceUrl: LABEL, via: 'device' },
        { serviceUrl: LABEL, via: 'browser' },
      ]);
  });
});

describe('signing in while somebody listens', () => {
  const nils = accountWith();

  it('is stopped with its dialog', async () => {
    await open(listening(nils), <SignInDialog />);
    act(() => addAccount());
    type(LABEL);
    fireEvent.submit(field());
    await screen.findByRole('heading', { name: 'Go on in your browser' });
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    await expect.poll(() => sessionStore.getState().signIn.step).toBe('idle');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks for the same account when its sign-in was taken back, and goes on where one was', async () => {
    await open(listening(nils, 'sign_in_again'), <SignInDialog />);
    act(() => void signInAgain(nils));
    expect(await screen.findByText('As Nils Kramer, Steinbruch Records')).toBeTruthy();
    await screen.findByRole('heading', { name: 'Go on in your browser' });
    expect(asked('session.signIn')).toEqual([{ serviceUrl: LABEL, via: 'browser', accountId: nils.id }]);
    act(() => tell(listening(nils)));
    expect((await screen.findAllByText('Signed in as Nils Kramer')).length).toBeGreaterThan(0);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows in its dialog why it failed, and asks for the same account once more', async () => {
    begins = (serviceUrl) => ({ step: 'failed', serviceUrl, failure: 'denied' });
    await open(listening(nils, 'sign_in_again'), <SignInDialog />);
    act(() => void signInAgain(nils));
    expect(await screen.findByText('The sign-in was declined.')).toBeTruthy();
    press('Try again');
    const request = { serviceUrl: LABEL, via: 'browser', accountId: nils.id };
    await expect.poll(() => asked('session.signIn')).toEqual([request, request]);
  });
});
