import type { ReactNode } from 'react';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RadioGroup } from '../ui/radio-group.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { SettingRows } from './setting-rows.tsx';
import { useSettings } from './settings-store.ts';
import { SpeedSetting } from './speed-setting.tsx';
import { SliderSetting } from './slider-setting.tsx';
import { useChangeSettings } from './use-change-settings.ts';
import { BesidePlaybackSettings } from './window-settings.tsx';

const LONGEST_CROSSFADE_S = 12;

function LoudnessSettings(): ReactNode {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const loudness = useSettings((settings) => settings.loudness);
  const level = useSettings((settings) => settings.loudnessLevel);
  return (
    <>
      <Select
        label={t('playback.loudness')}
        description={t('playback.loudnessHelp')}
        value={loudness}
        onChange={(value) => change({ loudness: value })}
        options={(['auto', 'track', 'album', 'off'] as const).map((value) => ({
          value,
          label: t(`playback.loudnessModes.${value}`),
        }))}
      />
      {loudness !== 'off' && (
        <RadioGroup
          label={t('playback.level')}
          description={t('playback.levelHelp')}
          value={level}
          onChange={(value) => change({ loudnessLevel: value })}
          options={(['quiet', 'normal', 'loud'] as const).map((value) => ({
            value,
            label: t(`playback.levels.${value}`),
          }))}
        />
      )}
    </>
  );
}

export function PlaybackSettings(): ReactNode {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const settings = useSettings((all) => all);
  return (
    <SettingRows>
      <SliderSetting
        label={t('playback.crossfade')}
        description={t('playback.crossfadeHelp')}
        value={settings.crossfadeSeconds}
        min={0}
        max={LONGEST_CROSSFADE_S}
        step={1}
        words={(seconds) =>
          seconds === 0 ? t('playback.noCrossfade') : t('playback.seconds', { seconds: formatCount(seconds) })
        }
        onChange={(crossfadeSeconds) => change({ crossfadeSeconds })}
      />
      <LoudnessSettings />
      <SpeedSetting />
      <Switch
        label={t('playback.autoplay')}
        description={t('playback.autoplayHelp')}
        checked={settings.autoplay}
        onChange={(autoplay) => change({ autoplay })}
      />
      <Switch
        label={t('playback.fade')}
        description={t('playback.fadeHelp')}
        checked={settings.fadeOnPause}
        onChange={(fadeOnPause) => change({ fadeOnPause })}
      />
      <RadioGroup
        label={t('playback.time')}
        description={t('playback.timeHelp')}
        value={settings.timeDisplay}
        onChange={(timeDisplay) => change({ timeDisplay })}
        options={[
          { value: 'total', label: t('playback.total') },
          { value: 'left', label: t('playback.left') },
        ]}
      />
      <BesidePlaybackSettings />
    </SettingRows>
  );
}
