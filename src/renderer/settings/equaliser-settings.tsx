import { Slider as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { BAND_CENTRES_HZ, BAND_LIMIT_DB } from '../../core/playback/equaliser.ts';
import { EQUALISER_PRESET_IDS } from '../../core/playback/equaliser-presets.ts';
import { formatCount, formatSigned } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useEqualiser, type EqualiserView } from '../playback/sound/use-equaliser.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { EqualiserCurve } from './equaliser-curve.tsx';
import styles from './equaliser.module.css';

const STEP_DB = 0.5;
/** What a select says for sliders that are no preset. */
const OWN = 'own';
/** Less is nothing to be told of. */
const WORTH_SAYING_DB = 0.1;

/** `31`, `16k`: as they are written on equalisers. */
const shortFrequency = (centreHz: number): string =>
  centreHz < 1000 ? String(Math.floor(centreHz)) : `${centreHz / 1000}k`;

interface BandProps {
  readonly equaliser: EqualiserView;
  readonly band: number;
  readonly centreHz: number;
}

function Band({ equaliser, band, centreHz }: BandProps): ReactNode {
  const t = useTexts('sound');
  const gainDb = equaliser.bandsDb[band] ?? 0;
  const gain = formatSigned(gainDb);
  return (
    <div className={styles.band}>
      <span className={styles.figure} aria-hidden>
        {gain}
      </span>
      <Radix.Root
        className={styles.slider}
        orientation="vertical"
        value={[gainDb]}
        min={-BAND_LIMIT_DB}
        max={BAND_LIMIT_DB}
        step={STEP_DB}
        onValueChange={([next]) => next !== undefined && equaliser.set(band, next)}
      >
        <Radix.Track className={styles.rail} />
        <Radix.Thumb
          className={styles.thumb}
          aria-label={t('band', { frequency: formatCount(Math.floor(centreHz)) })}
          aria-valuetext={t('bandText', { gain })}
        />
      </Radix.Root>
      <span className={styles.figure} aria-hidden>
        {shortFrequency(centreHz)}
      </span>
    </div>
  );
}

/** Ten sliders, what they come to, and ready-made positions. */
export function EqualiserSettings(): ReactNode {
  const t = useTexts('settings');
  const sound = useTexts('sound');
  const equaliser = useEqualiser();
  const { isOn, preset, preampDb, device } = equaliser;
  return (
    <>
      <Switch
        label={sound('equaliser')}
        description={
          device.label === '' ? t('sound.equaliserHelp') : sound('ofDevice', { device: device.label })
        }
        checked={isOn}
        onChange={equaliser.setOn}
      />
      <div className={classNames(styles.equaliser, !isOn && styles.off)}>
        <Select
          label={sound('preset')}
          value={preset ?? OWN}
          onChange={(chosen) => chosen !== OWN && equaliser.choose(chosen)}
          options={[
            ...EQUALISER_PRESET_IDS.map((id) => ({ value: id, label: sound(`presets.${id}`) })),
            ...(preset === null ? [{ value: OWN, label: sound('own') } as const] : []),
          ]}
        />
        <EqualiserCurve curve={equaliser.curve} />
        <div role="group" aria-label={t('sound.bands')} className={styles.bands}>
          {BAND_CENTRES_HZ.map((centreHz, band) => (
            <Band key={centreHz} equaliser={equaliser} band={band} centreHz={centreHz} />
          ))}
        </div>
        <div className={styles.foot}>
          <p className={styles.preamp}>
            {preampDb < -WORTH_SAYING_DB &&
              sound('lowered', { gain: formatCount(Number((-preampDb).toFixed(1))) })}
          </p>
          <Button disabled={preset === 'flat'} onClick={equaliser.reset}>
            {sound('reset')}
          </Button>
        </div>
      </div>
    </>
  );
}
