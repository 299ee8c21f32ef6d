/** Signing in, as the window does it: asks the host, opens the browser where the host does not, closes the dialog after. */
import { HostFailure } from '../../contract/host-error.ts';
import type { Account, SignIn } from '../../contract/session.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';
import { accountName } from './account-words.ts';
import { askSession, currentAccount, sessionStore } from './session-store.ts';
import { signInStore } from './sign-in-store.ts';

export interface SignInRequest {
  readonly serviceUrl: string;
  readonly via: 'browser' | 'device';
  /** Signing in again must give this same account. */
  readonly accountId?: string;
}

/** Of the sign-in this window has begun last; what is told of an older one is none of its business. */
let attempt = 0;
let lastRequest: SignInRequest | null = null;

const whenSignIn = (isThere: (signIn: SignIn) => boolean): Promise<SignIn> =>
  new Promise((resolve) => {
    const { signIn } = sessionStore.getState();
    if (isThere(signIn)) {
      resolve(signIn);
      return;
    }
    const stop = sessionStore.subscribe(({ signIn: now }) => {
      if (!isThere(now)) return;
      stop();
      resolve(now);
    });
  });

/** Opens the sign-in page in a tab that cannot reach back here. A browser may forbid it when the click was long ago. */
export function openSignInPage(address: string): void {
  const page = window.open(address, '_blank');
  if (page !== null) page.opener = null;
  signInStore.setState({ openedAddress: page === null ? null : address });
}

const closeDialog = (): void => signInStore.setState({ dialog: { kind: 'closed' } });

/** Signed in: when a dialog was open for it the same window goes on, and says who listens now. */
const finish = (): void => {
  if (signInStore.getState().dialog.kind === 'closed') return;
  closeDialog();
  const account = currentAccount(sessionStore.getState());
  if (account === null) return;
  const text = i18n.t('account.signedInAs', { ns: 'session', name: accountName(account) });
  showToast({ tone: 'done', text });
};

/** Begins to sign in, to be called within a click. Ends when the sign-in has: with somebody signed in, or a failure on screen. */
export async function signIn(request: SignInRequest): Promise<void> {
  attempt += 1;
  const own = attempt;
  lastRequest = request;
  signInStore.setState({ openedAddress: null });
  try {
    await askSession(() => host.session.signIn(request));
  } catch (failure) {
    reportFailure(failure);
    showToast({ tone: 'failed', text: i18n.t('signIn.steps.notBegun', { ns: 'session' }) });
    return;
  }
  const begun = await whenSignIn(({ step }) => step !== 'asking');
  if (own !== attempt) return;
  if (begun.step === 'in_browser' && !begun.openedByHost) openSignInPage(begun.address);
  const ended = await whenSignIn(({ step }) => step === 'idle' || step === 'failed');
  if (own === attempt && ended.step === 'idle') finish();
}

/** The sign-in that came to nothing, once more; by the browser when the other device is not offered. */
export async function signInOnceMore(failed: SignIn & { readonly step: 'failed' }): Promise<void> {
  const last = lastRequest?.serviceUrl === failed.serviceUrl ? lastRequest : null;
  const via = failed.failure === 'not_offered' ? 'browser' : (last?.via ?? 'browser');
  await signIn({ ...last, serviceUrl: failed.serviceUrl, via });
}

/**
 * "Open again": the same page. The host opens none without TLS at somebody's request; such a service, on this very computer, is
 * signed in to anew, which opens it.
 */
export async function openSignInPageAgain(current: SignIn & { readonly step: 'in_browser' }): Promise<void> {
  if (!current.openedByHost) {
    openSignInPage(current.address);
    return;
  }
  try {
    await host.app.openExternal({ url: current.address });
  } catch (failure) {
    if (!(failure instanceof HostFailure)) throw failure;
    const last = lastRequest?.serviceUrl === current.serviceUrl ? lastRequest : null;
    await signIn({ ...last, serviceUrl: current.serviceUrl, via: 'browser' });
  }
}

/** Stops the sign-in that is under way, if one is. */
export async function cancelSignIn(): Promise<void> {
  attempt += 1;
  if (sessionStore.getState().signIn.step === 'idle') return;
  try {
    await askSession(() => host.session.cancelSignIn());
  } catch (failure) {
    // It runs out by itself.
    reportFailure(failure);
  }
}

/** "Add an account", and on a service without sign-in "Connect to another service". */
export function addAccount(): void {
  signInStore.setState({ dialog: { kind: 'add' } });
}

/** "Sign in again", to be called within a click. */
export async function signInAgain(account: Account): Promise<void> {
  signInStore.setState({ dialog: { kind: 'again', account } });
  await signIn({ serviceUrl: account.serviceUrl, via: 'browser', accountId: account.id });
}

/** Closes the dialog, and with it a sign-in that is under way. */
export async function closeSignInDialog(): Promise<void> {
  closeDialog();
  await cancelSignIn();
}
