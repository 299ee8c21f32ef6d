import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { statusStore, takeStatus } from '../status/status-store.ts';
import { showToast } from '../ui/toast.ts';

const say = i18n.getFixedT(null, 'settings');

/** Why the audio could not be moved, as a sentence. */
export const moveFailure = (failure: HostFailure): string => {
  switch (failure.code) {
    case 'invalid_argument':
      return say('storage.folder.problems.refused');
    case 'storage_failed':
      return say('storage.folder.problems.notWritable');
    default:
      return say('storage.folder.problems.failed');
  }
};

/**
 * Moves the audio. Resolves as soon as it is under way, which the status then shows; how it ends is said by a toast.
 *
 * @throws HostFailure when it did not even begin; then everything is as it was.
 */
export async function moveAudio(folder: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isUnderWay = false;
  const stop = statusStore.subscribe(({ storage }) => {
    // Before the first byte it may still turn out that the folder cannot be used.
    if (storage.moving === null || storage.moving.doneBytes === 0) return;
    isUnderWay = true;
    resolve();
  });
  const carryOut = async (): Promise<void> => {
    try {
      takeStatus(await host.storage.moveTo({ folder }));
      showToast({ tone: 'done', text: say('storage.folder.moved') });
      resolve();
    } catch (failure) {
      if (!(failure instanceof HostFailure) || !isUnderWay) {
        reject(
          failure instanceof Error ? failure : new Error('the folder was not moved', { cause: failure }),
        );
        return;
      }
      showToast({ tone: 'failed', text: say('storage.folder.notMoved'), detail: moveFailure(failure) });
    } finally {
      stop();
    }
  };
  void carryOut();
  await promise;
}
