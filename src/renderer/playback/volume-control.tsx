import { Volume1, Volume2, VolumeX, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useChord } from '../shortcuts/registry.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Popover } from '../ui/popover.tsx';
import { Slider } from '../ui/slider.tsx';
import { useVolume } from './playback-hooks.ts';
import styles from './volume-control.module.css';
import { player } from './player.ts';

const STEP = 0.05;
const LOUD = 0.5;

const iconFor = (volume: number, muted: boolean): LucideIcon => {
  if (muted || volume === 0) return VolumeX;
  return volume < LOUD ? Volume1 : Volume2;
};

function VolumeSlider() {
  const t = useTexts('playback');
  const { volume, muted } = useVolume();
  return (
    <Slider
      label={t('volume')}
      value={muted ? 0 : volume}
      min={0}
      max={1}
      step={0.01}
      valueText={muted ? t('mute') : formatPercent(volume)}
      onChange={(value) => player.setVolume(value)}
    />
  );
}

function MuteButton() {
  const t = useTexts('playback');
  const { volume, muted } = useVolume();
  const chord = useChord('playback.mute');
  return (
    <IconButton
      icon={iconFor(volume, muted)}
      label={muted ? t('unmute') : t('mute')}
      shortcut={chord}
      pressed={muted}
      onClick={() => player.toggleMute()}
    />
  );
}

/** The wheel turns the volume, anywhere over the control; the page behind it must not scroll. */
function useVolumeWheel() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (event.deltaY === 0) return;
      event.preventDefault();
      player.changeVolumeBy(event.deltaY < 0 ? STEP : -STEP);
    };
    // React's own wheel listeners are passive and could not keep the page still.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  return place;
}

/** Mute and slider; where there is no room for the slider, a button that opens both. */
export function VolumeControl({ folded }: { readonly folded: boolean }) {
  const t = useTexts('playback');
  const { volume, muted } = useVolume();
  const place = useVolumeWheel();
  return (
    <div ref={place} className={styles.volume}>
      {folded ? (
        <Popover
          label={t('volume')}
          side="top"
          trigger={<IconButton icon={iconFor(volume, muted)} label={t('volume')} aria-haspopup="dialog" />}
        >
          <div className={styles.folded}>
            <MuteButton />
            <VolumeSlider />
          </div>
        </Popover>
      ) : (
        <>
          <MuteButton />
          <div className={styles.slider}>
            <VolumeSlider />
          </div>
        </>
      )}
    </div>
  );
}
