import { Slider as Radix } from 'radix-ui';
import styles from './slider.module.css';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** At every move. */
  readonly onChange: (value: number) => void;
  /** Once, when the pointer lets go or a key has moved it. */
  readonly onCommit?: (value: number) => void;
  /** What a screen reader says instead of the number: `72 %`, `2:14`. */
  readonly valueText?: string;
  readonly disabled?: boolean;
}

export function Slider({
  label,
  value,
  min,
  max,
  step,
  onChange,
  onCommit,
  valueText,
  disabled = false,
}: SliderProps) {
  return (
    <Radix.Root
      className={styles.slider}
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Radix.Track className={styles.rail}>
        <Radix.Range className={styles.range} />
      </Radix.Track>
      <Radix.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
    </Radix.Root>
  );
}
