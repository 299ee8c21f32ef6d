import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Switch } from '../ui/switch.tsx';
import { DeviceSetting } from './device-setting.tsx';
import { EqualiserSettings } from './equaliser-settings.tsx';
import { SettingRows } from './setting-rows.tsx';
import { useSettings } from './settings-store.ts';
import { useChangeSettings } from './use-change-settings.ts';

/** What is done to the sound on its way out. */
export function SoundSettings(): ReactNode {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const mono = useSettings((settings) => settings.mono);
  return (
    <SettingRows>
      <DeviceSetting />
      <Switch
        label={t('sound.mono')}
        description={t('sound.monoHelp')}
        checked={mono}
        onChange={(checked) => change({ mono: checked })}
      />
      <EqualiserSettings />
    </SettingRows>
  );
}
