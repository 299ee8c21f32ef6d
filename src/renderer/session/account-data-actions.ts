/** Everything taken out, and the account deleted: what the window does about either. */
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { Account } from '../../contract/session.ts';
import { saveFile } from '../exchange/send-files.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { currentLanguage, i18n } from '../i18n/i18n.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';
import { leavePlayback } from './account-actions.ts';
import { forgetFarewell, rememberFarewell } from './farewell.ts';
import { askSession, currentAccount, sessionStore } from './session-store.ts';

const SAID = [
  'offline',
  'service_unreachable',
  'forbidden',
  'sign_in_required',
  'too_many_requests',
  'storage_failed',
  'limit_reached',
] as const;

const sayWhy = (code: HostErrorCode): string => {
  const said = SAID.find((each) => each === code) ?? 'other';
  return i18n.t(`data.why.${said}`, { ns: 'session' });
};

const codeOf = (failure: unknown): HostErrorCode => {
  if (failure instanceof HostFailure) return failure.code;
  reportFailure(failure);
  return 'internal';
};

/** Gives the listener everything of theirs as a file; says what is in it, or why there is none. Never rejects. */
export async function takeEverythingOut(): Promise<void> {
  const text = i18n.getFixedT(null, 'session');
  try {
    const { file, missing, leftOut } = await host.accountData.takeOut({ language: currentLanguage() });
    saveFile(file);
    const details = [
      ...(missing === null ? [] : [text('data.out.partlyHelp', { why: sayWhy(missing) })]),
      ...(leftOut === 0
        ? []
        : [text('data.out.leftOut', { count: leftOut, formatted: formatCount(leftOut) })]),
    ];
    showToast({
      tone: missing === null ? 'done' : 'neutral',
      text: text(missing === null ? 'data.out.done' : 'data.out.partly', { name: file.name }),
      ...(details.length === 0 ? {} : { detail: details.join(' ') }),
    });
  } catch (failure) {
    const code = codeOf(failure);
    showToast({
      tone: 'failed',
      text: text('data.out.failed'),
      detail: code === 'forbidden' ? text('data.why.busy') : sayWhy(code),
    });
  }
}

/** Null: the account is gone, and the window starts over. Otherwise what is to be said. Never rejects. */
export async function deleteAccount(account: Account, confirm: string): Promise<string | null> {
  if (currentAccount(sessionStore.getState())?.id === account.id) leavePlayback();
  rememberFarewell();
  try {
    await askSession(() => host.session.deleteAccount({ accountId: account.id, confirm }));
    return null;
  } catch (failure) {
    forgetFarewell();
    const code = codeOf(failure);
    if (code === 'storage_failed') return i18n.t('data.left', { ns: 'session' });
    if (code === 'service_unreachable') return i18n.t('data.unanswered', { ns: 'session' });
    return i18n.t('data.failed', { ns: 'session', why: sayWhy(code) });
  }
}
