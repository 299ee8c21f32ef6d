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
  /** What is said below while there is no error. Its line keeps its place, and is read out when it changes. */
  readonly help?: ReactNode;
  /** What is said in `help` is why the value is of no use. */
  readonly isInvalid?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** At the right end, inside the edge. */
  readonly trailing?: ReactNode;
  readonly type?: 'text' | 'search' | 'password';
  /** The label stands above in forms and is for screen readers only elsewhere. */
  readonly labelShown?: boolean;
  /** `quiet` has no edge of its own: the search field of the title bar. */
  readonly look?: 'edge' | 'quiet';
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onFocus?: () => void;
  /** Makes it a combobox: the id of the list that it chooses from, and of the option that Enter takes. */
  readonly listId?: string;
  readonly activeOption?: string;
}

export function TextInput({
  label,
  value,
  onChange,
  placeholder,
  icon: Icon,
  error = null,
  help,
  isInvalid = false,
  inputRef,
  trailing,
  type = 'text',
  labelShown = false,
  look = 'edge',
  onKeyDown,
  onFocus,
  listId,
  activeOption,
}: TextInputProps) {
  const id = useId();
  const isWrong = error !== null || isInvalid;
  const describedBy = error !== null ? `${id}-error` : help === undefined ? undefined : `${id}-help`;
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
          isWrong && styles.failed,
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
          aria-invalid={isWrong || undefined}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          {...(listId === undefined
            ? {}
            : {
                role: 'combobox',
                'aria-expanded': true,
                'aria-autocomplete': 'list' as const,
                'aria-controls': listId,
                'aria-activedescendant': activeOption,
              })}
        />
        {trailing}
      </div>
      {error === null && help !== undefined && (
        <p id={`${id}-help`} role="status" className={styles.help}>
          {help}
        </p>
      )}
      {error !== null && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          <CircleAlert size={14} aria-hidden />
          {error}
        </p>
      )}
    </div>
  );
}
