import { FolderPlus, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  MATCHES,
  SMART_SORTS,
  type SmartCondition,
  type SmartGroup,
  type SmartRules,
} from '../../core/library/smart/rules.ts';
import type { SmartProblem, SmartProblemCode } from '../../core/library/smart/validate.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { ConditionRow } from './condition-row.tsx';
import { NEW_CONDITION, NEW_GROUP, replaced } from './rule-form.ts';
import styles from './rules.module.css';

export interface RulesFormProps {
  readonly rules: SmartRules;
  readonly problems: readonly SmartProblem[];
  readonly tells: boolean;
  readonly onChange: (rules: SmartRules) => void;
}

const FIRST_LIMITS = { tracks: 50, minutes: 60 } as const;

/** Rules being put together. Every change is a whole new set of rules. */
export function RulesForm({ rules, problems, tells, onChange }: RulesFormProps): ReactNode {
  const t = useTexts('playlists');
  const { limit, sort } = rules;
  const problemAt = (...path: readonly number[]): SmartProblemCode | null =>
    problems.find((problem) => problem.path.join() === path.join())?.code ?? null;
  const setRule = (index: number, rule: SmartCondition | SmartGroup | null): void =>
    onChange({ ...rules, rules: replaced(rules.rules, index, rule) });
  const add = (rule: SmartCondition | SmartGroup): void =>
    onChange({ ...rules, rules: [...rules.rules, rule] });
  const whole = problemAt();
  return (
    <div className={styles.form}>
      {rules.rules.length > 1 && (
        <Select
          label={t('smart.match')}
          value={rules.match}
          options={MATCHES.map((match) => ({ value: match, label: t(`smart.matches.${match}`) }))}
          onChange={(match) => onChange({ ...rules, match })}
        />
      )}
      {rules.rules.map((rule, index) =>
        rule.kind === 'group' ? (
          <GroupRows
            // Rules have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            group={rule}
            place={index + 1}
            problemAt={(...path) => problemAt(index, ...path)}
            tells={tells}
            onChange={(next) => setRule(index, next)}
          />
        ) : (
          <ConditionRow
            // oxlint-disable-next-line react/no-array-index-key -- as above
            key={index}
            condition={rule}
            place={String(index + 1)}
            problem={problemAt(index)}
            tells={tells}
            onChange={(next) => setRule(index, next)}
          />
        ),
      )}
      <div className={styles.buttons}>
        <Button variant="bare" icon={Plus} onClick={() => add(NEW_CONDITION)}>
          {t('smart.addRule')}
        </Button>
        <Button variant="bare" icon={FolderPlus} onClick={() => add(NEW_GROUP)}>
          {t('smart.addGroup')}
        </Button>
      </div>
      <div className={styles.order}>
        <Select
          label={t('smart.sort')}
          value={sort.by}
          options={SMART_SORTS.map((by) => ({ value: by, label: t(`smart.sorts.${by}`) }))}
          onChange={(by) => onChange({ ...rules, sort: { ...sort, by } })}
        />
        <Select
          label={t('smart.direction')}
          disabled={sort.by === 'shuffled'}
          value={sort.descending ? 'descending' : 'ascending'}
          options={(['ascending', 'descending'] as const).map((value) => ({
            value,
            label: t(`smart.directions.${value}`),
          }))}
          onChange={(value) => onChange({ ...rules, sort: { ...sort, descending: value === 'descending' } })}
        />
        <Select
          label={t('smart.limit')}
          value={limit?.kind ?? 'none'}
          options={(['none', 'tracks', 'minutes'] as const).map((value) => ({
            value,
            label: t(`smart.limits.${value}`),
          }))}
          onChange={(kind) => onChange({ ...rules, limit: limitOf(kind) })}
        />
        {limit !== null && (
          <label className={styles.limit}>
            <span>{t('smart.limitValue')}</span>
            <input
              type="number"
              min={1}
              className={styles.input}
              aria-invalid={whole !== null || undefined}
              value={limitFigure(limit)}
              onChange={(event) =>
                onChange({ ...rules, limit: withFigure(limit, event.target.valueAsNumber) })
              }
            />
          </label>
        )}
      </div>
      {whole !== null && (
        <p className={styles.problem} role="alert">
          {t(`smart.problems.${whole}`)}
        </p>
      )}
    </div>
  );
}

type Limit = NonNullable<SmartRules['limit']>;
const limitOf = (kind: 'none' | Limit['kind']): SmartRules['limit'] => {
  if (kind === 'none') return null;
  return kind === 'tracks' ? { kind, tracks: FIRST_LIMITS.tracks } : { kind, minutes: FIRST_LIMITS.minutes };
};
const limitFigure = (limit: Limit): number | '' => {
  const figure = limit.kind === 'tracks' ? limit.tracks : limit.minutes;
  return Number.isNaN(figure) ? '' : figure;
};
const withFigure = (limit: Limit, figure: number): Limit =>
  limit.kind === 'tracks' ? { kind: 'tracks', tracks: figure } : { kind: 'minutes', minutes: figure };

function GroupRows(props: {
  readonly group: SmartGroup;
  readonly place: number;
  readonly problemAt: (...path: readonly number[]) => SmartProblemCode | null;
  readonly tells: boolean;
  readonly onChange: (group: SmartGroup | null) => void;
}): ReactNode {
  const { group, place, problemAt, tells, onChange } = props;
  const t = useTexts('playlists');
  const name = t('smart.group', { place: String(place) });
  const own = problemAt();
  const set = (conditions: readonly SmartCondition[]): void => onChange({ ...group, conditions });
  return (
    <div role="group" aria-label={name} className={styles.group}>
      <div className={styles.groupHead}>
        <Select
          label={name}
          value={group.match}
          options={MATCHES.map((match) => ({ value: match, label: t(`smart.groupMatches.${match}`) }))}
          onChange={(match) => onChange({ ...group, match })}
        />
        <IconButton
          icon={X}
          label={t('smart.removeGroup', { place: String(place) })}
          onClick={() => onChange(null)}
        />
      </div>
      {group.conditions.map((condition, index) => (
        <ConditionRow
          // oxlint-disable-next-line react/no-array-index-key -- rules have no identity but their place
          key={index}
          condition={condition}
          place={`${place}.${index + 1}`}
          problem={problemAt(index)}
          tells={tells}
          onChange={(next) => set(replaced(group.conditions, index, next))}
        />
      ))}
      <div className={styles.buttons}>
        <Button variant="bare" icon={Plus} onClick={() => set([...group.conditions, NEW_CONDITION])}>
          {t('smart.addRule')}
        </Button>
      </div>
      {own !== null && <p className={styles.problem}>{t(`smart.problems.${own}`)}</p>}
    </div>
  );
}
