import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Privacy } from '../../contract/history.ts';
import { host, subscribe } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { showToast } from '../ui/toast.ts';

/** What the host last said. */
export const privacyStore = createStore<Privacy>(() => ({ isPrivate: false }));

export const useIsPrivate = (): boolean => useStore(privacyStore, ({ isPrivate }) => isPrivate);

const say = i18n.getFixedT(null, 'privacy');

/** Begins or ends the private session, and says so. */
export async function setPrivate(on: boolean): Promise<void> {
  try {
    privacyStore.setState(await host.privacy.setPrivate({ on }), true);
    showToast({ tone: 'done', text: say(on ? 'session.began' : 'session.ended') });
  } catch {
    showToast({ tone: 'failed', text: say('session.failed') });
  }
}

export async function followPrivacy(onFailure: (failure: unknown) => void): Promise<() => void> {
  const stop = subscribe('privacy', (privacy) => privacyStore.setState(privacy, true));
  try {
    privacyStore.setState(await host.privacy.get(), true);
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
