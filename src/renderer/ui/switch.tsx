import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';
import styles from './switch.module.css';

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly description?: string;
  readonly disabled?: boolean;
}

/** A setting that is on or off: name and description at the left, the switch at the right. */
export function Switch({ label, checked, onChange, description, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {description !== undefined && (
          <p id={`${id}-description`} className={styles.description}>
            {description}
          </p>
        )}
      </div>
      <Radix.Root
        id={id}
        className={styles.switch}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
      >
        <Radix.Thumb className={styles.knob} />
      </Radix.Root>
    </div>
  );
}
