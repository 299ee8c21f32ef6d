import { useState, type ReactNode } from 'react';
import { Slider } from '../ui/slider.tsx';
import { SettingRow } from './setting-rows.tsx';
import styles from './slider-setting.module.css';

export interface SliderSettingProps {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly words: (value: number) => string;
  /** Once for a drag, when it ends. */
  readonly onChange: (value: number) => void;
}

/** A setting along a line, with its value in words beside it. */
export function SliderSetting({
  label,
  description,
  value,
  words,
  onChange,
  ...range
}: SliderSettingProps): ReactNode {
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? value;
  return (
    <SettingRow label={label} description={description}>
      <div className={styles.control}>
        <Slider
          label={label}
          value={shown}
          {...range}
          valueText={words(shown)}
          onChange={setDragged}
          onCommit={(chosen) => {
            setDragged(null);
            onChange(chosen);
          }}
        />
        <span className={styles.value} aria-hidden>
          {words(shown)}
        </span>
      </div>
    </SettingRow>
  );
}
