import type { ReactNode } from 'react';
import { HISTORY_KEEPS } from '../../core/history/listening.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { SettingRows } from '../settings/setting-rows.tsx';
import { useSettings } from '../settings/settings-store.ts';
import { useChangeSettings } from '../settings/use-change-settings.ts';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { setPrivate, useIsPrivate } from './privacy-store.ts';
import { ScrobblingSettings } from './scrobbling-settings.tsx';

/** In Settings → Privacy: what is remembered of what is played, and whom it is told to. */
export function ListeningPrivacy(): ReactNode {
  const t = useTexts('privacy');
  const keep = useSettings(({ historyKeep }) => historyKeep);
  const change = useChangeSettings();
  return (
    <>
      <SettingRows>
        <Switch
          label={t('session.label')}
          description={t('session.help')}
          checked={useIsPrivate()}
          onChange={(on) => void setPrivate(on)}
        />
        <Select
          label={t('keep.label')}
          description={t('keep.help')}
          value={keep}
          options={HISTORY_KEEPS.map((value) => ({ value, label: t(`keep.options.${value}`) }))}
          onChange={(historyKeep) => change({ historyKeep })}
        />
      </SettingRows>
      <ScrobblingSettings />
    </>
  );
}
