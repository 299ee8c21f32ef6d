import './theme/fonts.css';
import './theme/tokens.css';
import './theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { shell } from './host/host-client.ts';
import { refetchFailed } from './host/queries.ts';
import { languageFor, speak } from './i18n/i18n.ts';
import { followDownloads } from './offline/downloads-store.ts';
import { startMarks } from './offline/marks-store.ts';
import { startPlayback } from './playback/start-playback.ts';
import { reportFailure } from './report-failure.ts';
import { followSettings, settingsStore } from './settings/settings-store.ts';
import { isMac } from './shortcuts/chord.ts';
import { startShortcuts } from './shortcuts/start-shortcuts.ts';
import { followStatus } from './status/status-store.ts';
import { startTheme } from './theme/start-theme.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');

if (shell() === 'electron' && isMac()) document.documentElement.dataset.windowControls = 'left';

// First the settings: theme and language are right from the first frame on.
await followSettings(reportFailure);
const speakAsSet = (): void => speak(languageFor(settingsStore.getState().language));
speakAsSet();
settingsStore.subscribe(speakAsSet);
startTheme({ getSettings: settingsStore.getState, onSettingsChange: settingsStore.subscribe });
startShortcuts(() => settingsStore.getState().shortcuts);
startPlayback();

createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

void followStatus(() => void refetchFailed().catch(reportFailure), reportFailure);
void followDownloads(reportFailure);
startMarks();
