import { useTexts } from '../i18n/use-texts.ts';
import { RadioGroup } from '../ui/radio-group.tsx';
import { Switch } from '../ui/switch.tsx';
import { SettingRows } from './setting-rows.tsx';
import { useSettings } from './settings-store.ts';
import { useChangeSettings } from './use-change-settings.ts';

export function PlaybackSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const fadeOnPause = useSettings((settings) => settings.fadeOnPause);
  const timeDisplay = useSettings((settings) => settings.timeDisplay);
  return (
    <SettingRows>
      <Switch
        label={t('playback.fade')}
        description={t('playback.fadeHelp')}
        checked={fadeOnPause}
        onChange={(checked) => change({ fadeOnPause: checked })}
      />
      <RadioGroup
        label={t('playback.time')}
        description={t('playback.timeHelp')}
        value={timeDisplay}
        onChange={(value) => change({ timeDisplay: value })}
        options={[
          { value: 'total', label: t('playback.total') },
          { value: 'left', label: t('playback.left') },
        ]}
      />
    </SettingRows>
  );
}
