import { RadioGroup as Radix } from 'radix-ui';
import { useId } from 'react';
import styles from './radio-group.module.css';

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string;
}

export interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly RadioOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly description?: string;
}

/** One of a few, all of them in sight, side by side. */
export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
  description,
}: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {description !== undefined && <p className={styles.description}>{description}</p>}
      </div>
      <Radix.Root
        className={styles.group}
        aria-labelledby={id}
        orientation="horizontal"
        value={value}
        onValueChange={(next) => {
          const chosen = options.find((option) => option.value === next);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <Radix.Item key={option.value} value={option.value} className={styles.option}>
            {option.label}
          </Radix.Item>
        ))}
      </Radix.Root>
    </div>
  );
}
