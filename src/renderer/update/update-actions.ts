/** What a listener can do about updates. The store takes the host's answer; a host that does not answer is said. */
import { HostFailure } from '../../contract/host-error.ts';
import type { UpdateState } from '../../contract/update.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { changeSettings } from '../settings/settings-store.ts';
import { showToast } from '../ui/toast.ts';
import { takeUpdate } from './update-store.ts';

const carryOut = async (ask: () => Promise<UpdateState>): Promise<void> => {
  try {
    takeUpdate(await ask());
  } catch (failure) {
    if (!(failure instanceof HostFailure)) throw failure;
    showToast({ tone: 'failed', text: i18n.t('update:notDone') });
  }
};

export const checkForUpdates = (): Promise<void> => carryOut(() => host.update.check());
export const downloadUpdate = (): Promise<void> => carryOut(() => host.update.download());
export const installUpdate = (): Promise<void> => carryOut(() => host.update.install());
export const acknowledgeRollback = (): Promise<void> => carryOut(() => host.update.acknowledge());
export const skipVersion = (version: string): Promise<void> => carryOut(() => host.update.skip({ version }));

/** A version that was skipped is wanted after all. */
export const offerAgain = (): Promise<void> =>
  carryOut(async () => {
    await changeSettings({ skippedVersion: null });
    return host.update.check();
  });
