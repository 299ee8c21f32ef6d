import { ChevronLeft, ChevronRight, Settings } from 'lucide-react';
import { useLocation } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { PrivateBadge } from '../privacy/private-badge.tsx';
import { SearchBox } from '../search/search-box.tsx';
import { AccountButton } from '../session/account-button.tsx';
import { FreeBadge } from '../session/free-badge.tsx';
import { useAction, useChord } from '../shortcuts/registry.ts';
import { StatusButton } from '../status/status-button.tsx';
import { useSettings } from '../settings/settings-store.ts';
import { markOf } from '../update/update-mark.ts';
import { useUpdate } from '../update/update-store.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { goBack, goForward, useHistoryReach } from './history-reach.ts';
import styles from './title-bar.module.css';

/** Back and forward, the search field, the tier, the status place, settings, the account; the rest moves the window. */
export function TitleBar() {
  const t = useTexts('frame');
  const reach = useHistoryReach();
  const [path, navigate] = useLocation();
  const updates = useTexts('update');
  const mark = markOf(
    useUpdate(),
    useSettings((settings) => settings.seenVersion),
  );
  const openSettings = (): void => navigate(mark === null ? '/settings' : '/settings/updates');
  useAction('frame.back', goBack);
  useAction('frame.forward', goForward);
  useAction('frame.settings', openSettings);
  const backChord = useChord('frame.back');
  const forwardChord = useChord('frame.forward');
  const settingsChord = useChord('frame.settings');
  return (
    <header className={styles.bar} aria-label={t('titleBar')}>
      <div className={styles.start}>
        <IconButton
          label={t('back')}
          icon={ChevronLeft}
          shortcut={backChord}
          disabled={!reach.back}
          onClick={goBack}
        />
        <IconButton
          label={t('forward')}
          icon={ChevronRight}
          shortcut={forwardChord}
          disabled={!reach.forward}
          onClick={goForward}
        />
        <search className={styles.search}>
          <SearchBox />
        </search>
      </div>
      <div className={styles.end}>
        <PrivateBadge />
        <FreeBadge />
        <StatusButton />
        <IconButton
          label={mark === null ? t('settings') : updates(`mark.${mark}`, { settings: t('settings') })}
          icon={Settings}
          marked={mark !== null}
          shortcut={settingsChord}
          pressed={path.startsWith('/settings')}
          onClick={openSettings}
        />
        <AccountButton />
      </div>
    </header>
  );
}
