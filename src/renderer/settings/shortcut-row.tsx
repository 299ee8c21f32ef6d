import { RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useActionText } from '../shortcuts/action-text.ts';
import {
  chordFor,
  conflictsOf,
  defaultChord,
  type ActionName,
  type ChordChanges,
} from '../shortcuts/actions.ts';
import { chordOfEvent, type Chord } from '../shortcuts/chord.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { KeyHint, useChordText } from '../ui/key-hint.tsx';
import styles from './shortcut-settings.module.css';

interface CaptureProps {
  readonly name: ActionName;
  readonly text: string;
  readonly changes: ChordChanges;
  readonly onBind: (chord: Chord | null) => void;
  readonly onCancel: () => void;
}

/** Waits for keys. Keys that mean something else already are shown with what they mean, and taken only on a second word. */
function Capture({ name, text, changes, onBind, onCancel }: CaptureProps) {
  const t = useTexts('shortcuts');
  const actionText = useActionText();
  const [wanted, setWanted] = useState<Chord | null>(null);
  const wantedText = useChordText(wanted ?? '');
  const [conflict] = wanted === null ? [] : conflictsOf(name, wanted, changes);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onCancel();
    if (event.key === 'Backspace') return onBind(null);
    const chord = chordOfEvent(event.nativeEvent);
    if (chord === null) return undefined;
    if (conflictsOf(name, chord, changes).length === 0) return onBind(chord);
    return setWanted(chord);
  };
  return (
    <div className={styles.capture}>
      <button
        type="button"
        className={styles.keys}
        aria-label={`${text}: ${t('press')}`}
        // The listener has just asked for this; the focus belongs here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onKeyDown={onKeyDown}
      >
        {wanted === null ? t('press') : wantedText}
      </button>
      {wanted !== null && conflict !== undefined && (
        <Button onClick={() => onBind(wanted)}>{t('useAnyway')}</Button>
      )}
      <output className={styles.hint}>
        {conflict === undefined
          ? t('pressHint')
          : t('taken', { keys: wantedText, action: actionText(conflict) })}
      </output>
    </div>
  );
}

export interface ShortcutRowProps {
  readonly name: ActionName;
  readonly text: string;
  readonly changes: ChordChanges;
  readonly editing: boolean;
  readonly onEdit: (editing: boolean) => void;
  readonly onBind: (chord: Chord | null) => void;
}

export function ShortcutRow({ name, text, changes, editing, onEdit, onBind }: ShortcutRowProps) {
  const t = useTexts('shortcuts');
  const chord = chordFor(name, changes);
  const changed = changes[name] !== undefined;
  const chordShown = useChordText(chord ?? '');
  const keys = chord === null ? t('none') : chordShown;
  return (
    <li className={styles.row}>
      <span>{text}</span>
      {editing ? (
        <Capture name={name} text={text} changes={changes} onBind={onBind} onCancel={() => onEdit(false)} />
      ) : (
        <span className={styles.set}>
          {changed && (
            <IconButton
              size="small"
              icon={RotateCcw}
              label={t('resetFor', { action: text })}
              onClick={() => onBind(defaultChord(name))}
            />
          )}
          <button
            type="button"
            className={styles.keys}
            aria-label={`${t('changeFor', { action: text })}: ${keys}`}
            onClick={() => onEdit(true)}
          >
            {chord === null ? <span className={styles.none}>{keys}</span> : <KeyHint chord={chord} />}
          </button>
        </span>
      )}
    </li>
  );
}
