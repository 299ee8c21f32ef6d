import { useState, type FormEvent, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { closeNameQuestion, useNameQuestion, type NameQuestion } from './ask-name.ts';
import styles from './name-dialog.module.css';

/** Asks what a playlist or a folder is to be called. */
export function NameDialog(): ReactNode {
  const t = useTexts('library');
  const question = useNameQuestion((state) => state.question);
  return (
    <Dialog
      title={t(`name.${question?.about ?? 'newPlaylist'}`)}
      open={question !== null}
      onOpenChange={(open) => {
        if (!open) closeNameQuestion();
      }}
    >
      {question !== null && <NameForm question={question} />}
    </Dialog>
  );
}

function NameForm({ question }: { readonly question: NameQuestion }): ReactNode {
  const t = useTexts('library');
  const [name, setName] = useState(question.initial);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const trimmed = name.trim();
    if (trimmed === '') {
      setMissing(true);
      return;
    }
    closeNameQuestion();
    question.onName(trimmed);
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('name.label')}
        labelShown
        value={name}
        error={isMissing && name.trim() === '' ? t('name.missing') : null}
        onChange={setName}
      />
      <div className={styles.actions}>
        <Button variant="bare" onClick={closeNameQuestion}>
          {t('name.cancel')}
        </Button>
        <Button variant="primary" type="submit">
          {t(question.about === 'renameFolder' ? 'name.rename' : 'name.create')}
        </Button>
      </div>
    </form>
  );
}
