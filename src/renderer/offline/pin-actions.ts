/** What can be done with kept music. The store takes the host's answer; a failure is said. */
import { HostFailure } from '../../contract/host-error.ts';
import type { Downloads, PinSource } from '../../contract/offline.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { explainPremium } from '../session/explain-premium.ts';
import { mayKeepOffline, sessionStore } from '../session/session-store.ts';
import { showToast } from '../ui/toast.ts';
import { downloadsStore } from './downloads-store.ts';

const sayFailed = (text: string, failure: HostFailure): void =>
  showToast({
    tone: 'failed',
    text,
    detail: i18n.t('toast.why', { ns: 'offline', reason: i18n.t(`why.${failure.code}`, { ns: 'offline' }) }),
  });

/** Takes the host's answer; a failure is said as `failedText`. Gives whether it worked. */
const carryOut = async (ask: () => Promise<Downloads>, failedText: string): Promise<boolean> => {
  try {
    downloadsStore.setState(await ask(), true);
    return true;
  } catch (failure) {
    if (!(failure instanceof HostFailure)) throw failure;
    if (failure.code === 'premium_required') explainPremium('offline');
    else sayFailed(failedText, failure);
    return false;
  }
};
const notDone = (): string => i18n.t('toast.notDone', { ns: 'offline' });

const mayKeep = (): boolean => mayKeepOffline(sessionStore.getState());

/** "Keep offline". A failure is said by a toast; that only premium listeners may, by the dialog about premium. */
export async function keepOffline(source: PinSource, title: string): Promise<void> {
  if (!mayKeep()) {
    explainPremium('offline');
    return;
  }
  await carryOut(() => host.downloads.pin({ source }), i18n.t('toast.notKept', { ns: 'offline', title }));
}

/** "Stop keeping", which can be undone as long as its toast stands by those who may keep it again. */
export async function stopKeeping(source: PinSource, title: string): Promise<void> {
  const isDone = await carryOut(() => host.downloads.unpin({ source }), notDone());
  if (!isDone) return;
  showToast({
    tone: 'done',
    text: i18n.t('toast.stopped', { ns: 'offline', title }),
    ...(mayKeep()
      ? {
          action: {
            label: i18n.t('toast.undo', { ns: 'offline' }),
            onSelect: () => void keepOffline(source, title),
          },
        }
      : {}),
  });
}

/** Pauses one pin, or all of them when `source` is null. */
export async function pausePins(source: PinSource | null): Promise<void> {
  await carryOut(() => host.downloads.pause({ source }), notDone());
}

export async function resumePins(source: PinSource | null): Promise<void> {
  await carryOut(() => host.downloads.resume({ source }), notDone());
}

/** Tries again what failed; where nothing more may be kept, says why. */
export async function retryPins(source: PinSource | null): Promise<void> {
  if (!mayKeep()) {
    explainPremium('offline');
    return;
  }
  await carryOut(() => host.downloads.retry({ source }), notDone());
}

/** Fetched before `before`; last when that is null. */
export async function movePin(source: PinSource, before: PinSource | null): Promise<void> {
  await carryOut(() => host.downloads.move({ source, before }), notDone());
}

/** Nothing is kept any more, and its audio is deleted. Whoever calls has asked the listener first. */
export async function removeAllKept(): Promise<void> {
  const isDone = await carryOut(() => host.downloads.removeAll(), notDone());
  if (isDone) showToast({ tone: 'done', text: i18n.t('toast.removedAll', { ns: 'offline' }) });
}
