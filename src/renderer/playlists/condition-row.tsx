import { X } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { SmartCondition } from '../../core/library/smart/rules.ts';
import type { SmartProblemCode } from '../../core/library/smart/validate.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { fieldOf, RULE_FIELDS, testOf, testsFor, withField, withTest, type RuleTest } from './rule-form.ts';
import { RuleValue } from './rule-value.tsx';
import styles from './rules.module.css';

export interface ConditionRowProps {
  readonly condition: SmartCondition;
  /** As it is counted: `2`, or `3.1` in a group. */
  readonly place: string;
  readonly problem: SmartProblemCode | null;
  /** Whether what is wrong is to be said already. */
  readonly tells: boolean;
  /** Null: it is taken out. */
  readonly onChange: (condition: SmartCondition | null) => void;
}

/** One rule: field, comparison, value. */
export function ConditionRow(props: ConditionRowProps): ReactNode {
  const { condition, place, problem, tells, onChange } = props;
  const t = useTexts('playlists');
  const id = useId();
  const isWrong = problem !== null && tells;
  const isTime = condition.kind === 'recent' || condition.kind === 'time';
  const wordsOf = (test: RuleTest): string => {
    if (isTime && test === 'over') return t('smart.tests.since');
    return isTime && test === 'under' ? t('smart.tests.before') : t(`smart.tests.${test}`);
  };
  return (
    <div role="group" aria-label={t('smart.rule', { place })} className={styles.rule}>
      <Select
        label={t('smart.field')}
        labelHidden
        value={fieldOf(condition)}
        options={RULE_FIELDS.map((field) => ({ value: field, label: t(`smart.fields.${field}`) }))}
        onChange={(field) => onChange(withField(condition, field, Date.now()))}
      />
      <Select
        label={t('smart.test')}
        labelHidden
        value={testOf(condition)}
        options={testsFor(condition).map((test) => ({ value: test, label: wordsOf(test) }))}
        onChange={(test) => onChange(withTest(condition, test, Date.now()))}
      />
      <div className={styles.value}>
        <RuleValue
          key={condition.kind === 'text' ? 'text' : fieldOf(condition)}
          condition={condition}
          isWrong={isWrong}
          describedBy={isWrong ? id : undefined}
          onChange={onChange}
        />
      </div>
      <IconButton icon={X} label={t('smart.removeRule', { place })} onClick={() => onChange(null)} />
      {isWrong && (
        <p id={id} className={styles.problem}>
          {t(`smart.problems.${problem}`)}
        </p>
      )}
    </div>
  );
}
