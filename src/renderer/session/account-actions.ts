/** What can be done with accounts. Each says by a toast when it did not work. */
import { HostFailure } from '../../contract/host-error.ts';
import type { Account } from '../../contract/session.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { player } from '../playback/player.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';
import { accountName } from './account-words.ts';
import { forgetFarewell, rememberFarewell } from './farewell.ts';
import { askSession, currentAccount, sessionStore } from './session-store.ts';

/** Queue and place are written while they are still the account's own. */
export const leavePlayback = (): void => {
  player.pause();
  player.flush();
};

/** The window starts over with that account's music. */
export async function switchTo(account: Account): Promise<void> {
  leavePlayback();
  try {
    await askSession(() => host.session.switchTo({ accountId: account.id }));
  } catch (failure) {
    reportFailure(failure);
    showToast({
      tone: 'failed',
      text: i18n.t('account.notSwitched', { ns: 'session', name: accountName(account) }),
    });
  }
}

/** Forgets everything of the account. Whoever calls has asked the listener first. Resolves when it is gone, or said not to be. */
export async function signOut(account: Account): Promise<void> {
  const name = accountName(account);
  const isCurrent = currentAccount(sessionStore.getState())?.id === account.id;
  if (isCurrent) {
    leavePlayback();
    rememberFarewell();
  }
  try {
    await askSession(() => host.session.signOut({ accountId: account.id }));
    if (!isCurrent) showToast({ tone: 'done', text: i18n.t('account.out.done', { ns: 'session', name }) });
  } catch (failure) {
    forgetFarewell();
    reportFailure(failure);
    showToast({
      tone: 'failed',
      text: i18n.t('account.out.failed', { ns: 'session', name }),
      detail: i18n.t('account.out.failedHelp', { ns: 'session' }),
    });
  }
}

/** "I have upgraded": asks the service anew, and says what it says. */
export async function refreshAccount(): Promise<void> {
  try {
    await askSession(() => host.session.refresh());
  } catch (failure) {
    reportFailure(failure);
    const isSignedOut = failure instanceof HostFailure && failure.code === 'sign_in_required';
    const text = i18n.t(isSignedOut ? 'account.againFirst' : 'account.notRefreshed', { ns: 'session' });
    showToast({ tone: 'failed', text });
    return;
  }
  const isPremium = currentAccount(sessionStore.getState())?.me.tier === 'premium';
  showToast(
    isPremium
      ? { tone: 'done', text: i18n.t('account.nowPremium', { ns: 'session' }) }
      : {
          text: i18n.t('account.stillFree', { ns: 'session' }),
          detail: i18n.t('account.stillFreeHelp', { ns: 'session' }),
        },
  );
}
