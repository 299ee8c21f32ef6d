import type { ReactNode } from 'react';
import { BAND_LIMIT_DB } from '../../core/playback/equaliser.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { EqualiserView } from '../playback/sound/use-equaliser.ts';
import styles from './equaliser.module.css';

const WIDTH = 640;
const HEIGHT = 96;
/** Neighbouring filters overshoot the sliders a little; the line stays inside. */
const SHOWN_DB = BAND_LIMIT_DB + 2;

const heightOf = (gainDb: number): number => (HEIGHT / 2) * (1 - gainDb / SHOWN_DB);

/** What the sliders do to the sound, as a line over all that is heard. */
export function EqualiserCurve({ curve }: Pick<EqualiserView, 'curve'>): ReactNode {
  const t = useTexts('settings');
  const points = curve.map(
    ({ gainDb }, at) => `${((at / (curve.length - 1)) * WIDTH).toFixed(1)},${heightOf(gainDb).toFixed(1)}`,
  );
  return (
    <svg
      className={styles.curve}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('sound.curve')}
    >
      <line className={styles.zero} x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <polyline className={styles.response} points={points.join(' ')} />
    </svg>
  );
}
