import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import textStyles from '../ui/text.module.css';
import { classNames } from '../ui/class-names.ts';
import styles from './editable-words.module.css';

export interface EditableWordsProps {
  readonly label: string;
  readonly value: string;
  readonly look: 'title' | 'words';
  readonly mostLetters: number;
  /** Whether it may be nothing. */
  readonly mayBeEmpty: boolean;
  /** Called with what it is to be, if that is another; then it is no longer edited. */
  readonly onDone: (value: string | null) => void;
}

/** A name or a description while it is edited, where it stands. Enter or leaving keeps it, Escape leaves it as it was. */
export function EditableWords(props: EditableWordsProps): ReactNode {
  const { label, value, look, mostLetters, mayBeEmpty, onDone } = props;
  const t = useTexts('playlists');
  const [text, setText] = useState(value);
  const field = useRef<HTMLTextAreaElement>(null);
  const isOver = useRef(false);
  /** Whether a hand has done anything since the field is there. */
  const isTouched = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
    const touched = (): void => {
      isTouched.current = true;
    };
    document.addEventListener('pointerdown', touched, true);
    document.addEventListener('keydown', touched, true);
    return () => {
      document.removeEventListener('pointerdown', touched, true);
      document.removeEventListener('keydown', touched, true);
    };
  }, []);
  const trimmed = text.trim().replaceAll(/\s+/g, ' ');
  const problem =
    trimmed === '' && !mayBeEmpty
      ? t('edit.missing')
      : trimmed.length > mostLetters
        ? t('edit.tooLong')
        : null;
  const finish = (keeps: boolean): void => {
    // Taking the field away makes it lose the focus, which would finish it once more.
    if (isOver.current) return;
    isOver.current = true;
    onDone(keeps && problem === null && trimmed !== value ? trimmed : null);
  };
  /** A menu that closes gives the focus back to its button, and another window takes it for a while: neither is leaving. */
  const onBlur = (): void => {
    if (isTouched.current && document.hasFocus()) finish(true);
    else if (document.hasFocus()) requestAnimationFrame(() => field.current?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (problem === null) finish(true);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      finish(false);
    }
  };
  return (
    <div className={styles.wrap}>
      <textarea
        ref={field}
        className={classNames(styles.field, styles[look])}
        aria-label={label}
        aria-invalid={problem !== null || undefined}
        rows={look === 'title' ? 1 : 2}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      <p className={problem === null ? textStyles.visuallyHidden : styles.problem} role="status">
        {problem ?? t('edit.hint')}
      </p>
    </div>
  );
}
