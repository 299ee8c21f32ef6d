import { useState, type ReactNode } from 'react';
import type { SmartRules } from '../../core/library/smart/rules.ts';
import { smartProblems } from '../../core/library/smart/validate.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { RulesForm } from './rules-form.tsx';
import { RulesPreview } from './rules-preview.tsx';
import styles from './rules.module.css';

export interface RulesDialogProps {
  readonly title: string;
  /** What the playlist is to be called at first; null: it has its name. */
  readonly name: string | null;
  readonly rules: SmartRules;
  readonly action: string;
  readonly onClose: () => void;
  /** False when it could not be done, which has been said: the dialog stays, and nothing typed is lost. */
  readonly onDone: (rules: SmartRules, name: string) => Promise<boolean>;
}

/** The rules of a smart playlist, put together with what they give in view. */
export function RulesDialog(props: RulesDialogProps): ReactNode {
  const { title, action, onClose, onDone } = props;
  const t = useTexts('playlists');
  const [rules, setRules] = useState(props.rules);
  const [name, setName] = useState(props.name ?? '');
  const [isSending, setSending] = useState(false);
  /** Nobody is told of a mistake in what they have not yet written. */
  const [tells, setTells] = useState(false);
  const problems = smartProblems(rules);
  const lacksName = props.name !== null && name.trim() === '';
  const submit = async (): Promise<void> => {
    setTells(true);
    if (problems.length > 0 || lacksName || isSending) return;
    setSending(true);
    const isDone = await onDone(rules, name.trim());
    setSending(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      wide
      title={title}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={
        <>
          <Button variant="bare" onClick={onClose}>
            {t('smart.cancel')}
          </Button>
          <Button variant="primary" disabled={isSending} onClick={() => void submit()}>
            {action}
          </Button>
        </>
      }
    >
      {props.name !== null && (
        <div className={styles.name}>
          <TextInput
            label={t('smart.name')}
            labelShown
            value={name}
            onChange={setName}
            error={tells && lacksName ? t('smart.nameMissing') : null}
          />
        </div>
      )}
      <RulesForm rules={rules} problems={problems} tells={tells} onChange={setRules} />
      <RulesPreview rules={rules} isWhole={problems.length === 0} />
    </Dialog>
  );
}
