import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { appInfoQuery } from '../host/app-info.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { reportFailure } from '../report-failure.ts';
import { SettingRow, SettingRows } from '../settings/setting-rows.tsx';
import { changeSettings, settingsStore, useSettings } from '../settings/settings-store.ts';
import { useChangeSettings } from '../settings/use-change-settings.ts';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { offerAgain } from './update-actions.ts';
import { UpdateNotes } from './update-notes.tsx';
import styles from './update-settings.module.css';
import { UpdateStanding } from './update-standing.tsx';
import { useUpdate } from './update-store.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** A version that was seen here is not pointed to again. */
function useSeeVersion(version: string | null): void {
  useEffect(() => {
    if (version === null || settingsStore.getState().seenVersion === version) return;
    changeSettings({ seenVersion: version }).catch(reportFailure);
  }, [version]);
}

/** Whether to ask for new versions and which; that a version was skipped. */
function UpdateChoices() {
  const t = useTexts('update');
  const change = useChangeSettings();
  const { updates, updateChannel, skippedVersion } = useSettings((settings) => settings);
  return (
    <SettingRows>
      <RadioGroup
        label={t('mode.label')}
        description={t(`mode.help.${updates}`)}
        value={updates}
        onChange={(value) => change({ updates: value })}
        options={(['automatic', 'ask', 'off'] as const).map((value) => ({
          value,
          label: t(`mode.options.${value}`),
        }))}
      />
      <RadioGroup
        label={t('channel.label')}
        description={t(`channel.help.${updateChannel}`)}
        value={updateChannel}
        onChange={(value) => change({ updateChannel: value })}
        options={(['stable', 'beta'] as const).map((value) => ({
          value,
          label: t(`channel.options.${value}`),
        }))}
      />
      {skippedVersion !== null && (
        <SettingRow label={t('skipped.label', { version: skippedVersion })} description={t('skipped.help')}>
          <Button onClick={() => void offerAgain()}>{t('skipped.again')}</Button>
        </SettingRow>
      )}
    </SettingRows>
  );
}

/** Settings → Updates: how they stand, what is new, and what is wanted. */
export function UpdateSettings() {
  const t = useTexts('update');
  const update = useUpdate();
  const { data: app } = useQuery(appInfoQuery());
  const offered = update.state === 'ready' || update.state === 'available' ? update : null;
  useSeeVersion(offered?.version ?? null);
  const { place, onFocus, onBlur } = useKeptFocus();
  return (
    <div onFocus={onFocus} onBlur={onBlur}>
      <p className={styles.running}>{app === undefined ? ' ' : t('running', { version: app.version })}</p>
      <div ref={place} tabIndex={-1} className={styles.place}>
        <UpdateStanding update={update} />
      </div>
      {offered !== null && <UpdateNotes version={offered.version} notes={offered.notes} />}
      {update.state !== 'unsupported' && <UpdateChoices />}
    </div>
  );
}
