import { CircleAlert, type LucideIcon } from 'lucide-react';
import { useId, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-input.module.css';

export interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly icon?: LucideIcon;
  readonly error?: string | null;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** At the right end, inside the edge. */
  readonly trailing?: ReactNode;
  readonly type?: 'text' | 'search';
  /** The label stands above in forms and is for screen readers only elsewhere. */
  readonly labelShown?: boolean;
  /** `quiet` has no edge of its own: the search field of the title bar. */
  readonly look?: 'edge' | 'quiet';
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onFocus?: () => void;
}

export function TextInput({
  label,
  value,
  onChange,
  placeholder,
  icon: Icon,
  error = null,
  inputRef,
  trailing,
  type = 'text',
  labelShown = false,
  look = 'edge',
  onKeyDown,
  onFocus,
}: TextInputProps) {
  const id = useId();
  return (
    <div className={styles.wrap}>
      <label htmlFor={id} className={labelShown ? styles.label : styles.hidden}>
        {label}
      </label>
      <div
        className={classNames(
          styles.field,
          styles[look],
          labelShown && styles.form,
          error !== null && styles.failed,
        )}
      >
        {Icon !== undefined && <Icon size={16} aria-hidden className={styles.icon} />}
        <input
          id={id}
          ref={inputRef}
          className={styles.input}
          type={type}
          value={value}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== null || undefined}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
        />
        {trailing}
      </div>
      {error !== null && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          <CircleAlert size={14} aria-hidden />
          {error}
        </p>
      )}
    </div>
  );
}
