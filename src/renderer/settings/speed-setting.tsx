import type { ReactNode } from 'react';
import { formatSpeed } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { player } from '../playback/player.ts';
import { useSettings } from './settings-store.ts';
import { SliderSetting } from './slider-setting.tsx';
import { useChangeSettings } from './use-change-settings.ts';

const SLOWEST = 0.5;
const FASTEST = 2;
const STEP = 0.05;

/** How fast music plays, its pitch kept. Not there where nothing can change it. */
export function SpeedSetting(): ReactNode {
  const t = useTexts('settings');
  const speed = useSettings((settings) => settings.speed);
  const change = useChangeSettings();
  if (!player.canChangeSpeed) return null;
  return (
    <SliderSetting
      label={t('playback.speed')}
      description={t('playback.speedHelp')}
      value={speed}
      min={SLOWEST}
      max={FASTEST}
      step={STEP}
      words={formatSpeed}
      onChange={(chosen) => change({ speed: chosen })}
    />
  );
}
