import { navigate } from 'wouter/use-browser-location';
import { HostFailure } from '../../contract/host-error.ts';
import { i18n } from '../i18n/i18n.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';
import { EXCHANGE_PATH } from './paths.ts';
import { sendFiles } from './send-files.ts';

/** Files that were chosen, dropped or opened: their page comes, with what is in them. */
export async function importFiles(files: readonly File[]): Promise<void> {
  const text = i18n.getFixedT(null, 'exchange');
  navigate(EXCHANGE_PATH);
  try {
    await sendFiles(files);
  } catch (failure) {
    if (!(failure instanceof HostFailure)) {
      reportFailure(failure);
      showToast({ tone: 'failed', text: text('failed.files') });
      return;
    }
    if (failure.code === 'forbidden')
      showToast({ text: text('failed.busy'), detail: text('failed.busyHelp') });
    else if (failure.code === 'limit_reached') showToast({ tone: 'failed', text: text('failed.tooLarge') });
    else showToast({ tone: 'failed', text: text('failed.files') });
  }
}
