import type { ExportFormat, ExportSource } from '../../contract/exchange.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { failureSentence } from '../playback/say-notice.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';
import { saveFile } from './send-files.ts';

/** Gives the listener a playlist, all of them or the liked tracks as a file; what fails is said. Never rejects. */
export async function exportLists(source: ExportSource, format: ExportFormat): Promise<void> {
  const text = i18n.getFixedT(null, 'exchange');
  try {
    const file = await host.exchange.export({ source, format });
    saveFile(file);
    showToast({ tone: 'done', text: text('export.done', { name: file.name }) });
  } catch (failure) {
    if (!(failure instanceof HostFailure)) reportFailure(failure);
    const isEmpty = failure instanceof HostFailure && failure.code === 'not_found';
    showToast({
      tone: 'failed',
      text: text(isEmpty ? 'export.none' : 'export.failed'),
      ...(failure instanceof HostFailure && !isEmpty ? { detail: failureSentence(failure.code) } : {}),
    });
  }
}
