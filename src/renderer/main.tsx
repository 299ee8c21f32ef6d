import './theme/fonts.css';
import './theme/tokens.css';
import './theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { leaveHost, shell } from './host/host-client.ts';
import { refetchFailed } from './host/queries.ts';
import { languageFor, speak } from './i18n/i18n.ts';
import { followImport } from './exchange/import-store.ts';
import { followLibrary } from './library/library-store.ts';
import { followDownloads } from './offline/downloads-store.ts';
import { startMarks } from './offline/marks-store.ts';
import { player } from './playback/player.ts';
import { startPlayback } from './playback/start-playback.ts';
import { startCrashNotice } from './reports/start-crash-notice.ts';
import { followPrivacy } from './privacy/privacy-store.ts';
import { reportFailure } from './report-failure.ts';
import { followAccount } from './session/follow-account.ts';
import { followSession } from './session/session-store.ts';
import { followSettings, settingsStore } from './settings/settings-store.ts';
import { isMac } from './shortcuts/chord.ts';
import { startShortcuts } from './shortcuts/start-shortcuts.ts';
import { followStatus } from './status/status-store.ts';
import { startSystem } from './system/start-system.ts';
import { startTheme } from './theme/start-theme.ts';
import { CameUp } from './update/came-up.tsx';
import { followUpdates } from './update/update-store.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');

if (shell() === 'electron' && isMac()) document.documentElement.dataset.windowControls = 'left';

// First the settings and who listens: theme, language and page are right from the first frame on.
await Promise.all([followSettings(reportFailure), followSession(reportFailure)]);
const speakAsSet = (): void => speak(languageFor(settingsStore.getState().language));
speakAsSet();
settingsStore.subscribe(speakAsSet);
startTheme({ getSettings: settingsStore.getState, onSettingsChange: settingsStore.subscribe });
void followUpdates(reportFailure);
void followPrivacy(reportFailure);
startShortcuts(() => settingsStore.getState().shortcuts);

const root = createRoot(place);
const refetch = (): void => void refetchFailed().catch(reportFailure);

followAccount({
  start: () => {
    startPlayback();
    void followStatus(refetch, reportFailure);
    void followDownloads(reportFailure);
    void followLibrary(reportFailure);
    void followImport(reportFailure);
    startMarks();
    startSystem();
    startCrashNotice();
  },
  renewed: refetch,
  // A new document is the one place where nothing of the old account can be left.
  startOver: () => {
    leaveHost();
    player.pause();
    root.unmount();
    window.location.replace('/');
  },
});

root.render(
  <StrictMode>
    <App />
    <CameUp />
  </StrictMode>,
);
