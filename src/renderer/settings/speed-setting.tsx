import type { ReactNode } from 'react';
import { formatSpeed } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useSpeed } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { SliderSetting } from './slider-setting.tsx';

const SLOWEST = 0.5;
const FASTEST = 2;
const STEP = 0.05;

/** How fast music plays, its pitch kept. Not there where nothing can change it. */
export function SpeedSetting(): ReactNode {
  const t = useTexts('settings');
  const speed = useSpeed();
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
      onChange={(chosen) => player.setSpeed(chosen)}
    />
  );
}
