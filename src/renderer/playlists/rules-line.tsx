import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SmartRules } from '../../core/library/smart/rules.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './playlist-page.module.css';
import { smartSentence } from './smart-words.ts';

/** What a smart playlist holds, said in a sentence. */
export function RulesLine(props: {
  readonly rules: SmartRules;
  /** Null: not the reader's to change. */
  readonly onEdit: (() => void) | null;
}): ReactNode {
  const { rules, onEdit } = props;
  const t = useTexts('playlists');
  return (
    <p className={classNames(styles.line, styles.rules)}>
      <span>{smartSentence(t, rules)}</span>
      {onEdit !== null && (
        <Button variant="bare" icon={ListFilter} onClick={onEdit}>
          {t('empty.editRules')}
        </Button>
      )}
    </p>
  );
}
