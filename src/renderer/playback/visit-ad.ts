import type { AdSpot } from '../../contract/ads-http.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';

/** Opens the link of a spot in the browser, after a click; counted when it opened. */
export async function visitAd(breakId: string, { id: spotId, link }: AdSpot): Promise<void> {
  if (link === null) return;
  try {
    await host.app.openExternal({ url: link.url });
  } catch (failure) {
    reportFailure(failure);
    showToast({ tone: 'failed', text: i18n.t('playback:ad.notOpened', { label: link.label }) });
    return;
  }
  host.ads.report({ breakId, spotId, kind: 'click' }).catch(reportFailure);
}
