import { useId } from 'react';
import styles from './select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly description?: string;
  /** The name is for screen readers only, as in a toolbar. */
  readonly labelHidden?: boolean;
  readonly disabled?: boolean;
}

/** One of several, in a list that opens. The platform's own control, styled: its keyboard and its accessibility are right. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  description,
  labelHidden = false,
  disabled = false,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div className={labelHidden ? styles.hidden : styles.words}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {description !== undefined && (
          <p id={`${id}-description`} className={styles.description}>
            {description}
          </p>
        )}
      </div>
      <select
        id={id}
        className={styles.select}
        value={value}
        disabled={disabled}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
