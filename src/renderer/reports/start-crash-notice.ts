import { navigate } from 'wouter/use-browser-location';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { reportFailure } from '../report-failure.ts';
import { changeSettings, settingsStore } from '../settings/settings-store.ts';
import { showToast } from '../ui/toast.ts';
import { tellOfCrash } from './tell-of-crash.ts';

const text = i18n.getFixedT(null, 'reports');

/** Once the window is up: whether it, or the app, had crashed before. */
export const startCrashNotice = (): void => {
  tellOfCrash({
    list: () => host.reports.list(),
    settings: settingsStore.getState,
    change: changeSettings,
    say: (lost) =>
      showToast({
        text: text(`notice.${lost}`),
        detail: text('notice.detail'),
        action: { label: text('notice.see'), onSelect: () => navigate('/settings/privacy') },
      }),
  }).catch(reportFailure);
};
