import { RadioGroup as Radix } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import type { Quality } from '../../core/entitlement/entitlement.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { explainPremium } from '../session/explain-premium.ts';
import styles from './quality-choice.module.css';
import { bytesPerHour } from './quality-cost.ts';

export type ChosenQuality = Quality | 'automatic';

export interface QualityChoiceProps<Choice extends ChosenQuality> {
  readonly label: string;
  readonly description: string;
  readonly options: readonly Choice[];
  readonly value: Choice;
  /** What the listener's tier has; the rest is shown, and explained. */
  readonly allowed: readonly Quality[];
  readonly onChange: (value: Choice) => void;
  /** Where what is chosen is not what is heard. */
  readonly note: string | null;
}

const isLocked = (option: ChosenQuality, allowed: readonly Quality[]): boolean =>
  option !== 'automatic' && !allowed.includes(option);

/** One quality a line, with what it costs. */
export function QualityChoice<Choice extends ChosenQuality>({
  label,
  description,
  options,
  value,
  allowed,
  onChange,
  note,
}: QualityChoiceProps<Choice>): ReactNode {
  const t = useTexts('settings');
  const id = useId();
  const nameOf = (quality: ChosenQuality): string => t(`quality.names.${quality}`);
  return (
    <section className={styles.choice}>
      <h2 id={id} className={styles.label}>
        {label}
      </h2>
      <p className={styles.description}>{description}</p>
      <Radix.Root
        className={styles.list}
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => {
          const chosen = options.find((option) => option === next);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {options.map((option) => (
          <div key={option} className={styles.line}>
            <Radix.Item
              id={`${id}-${option}`}
              value={option}
              className={styles.radio}
              disabled={isLocked(option, allowed)}
              aria-describedby={`${id}-${option}-cost`}
            >
              <Radix.Indicator className={styles.dot} />
            </Radix.Item>
            <label htmlFor={`${id}-${option}`} className={styles.name}>
              {nameOf(option)}
            </label>
            <span id={`${id}-${option}-cost`} className={styles.cost}>
              {option === 'automatic'
                ? t('quality.automaticCost')
                : t('quality.cost', { size: formatBytes(bytesPerHour(option)) })}
            </span>
            {isLocked(option, allowed) && (
              <button
                type="button"
                className={styles.premium}
                aria-label={t('quality.premiumFor', { quality: nameOf(option) })}
                onClick={() => explainPremium('quality')}
              >
                {t('quality.premium')}
              </button>
            )}
          </div>
        ))}
      </Radix.Root>
      {note !== null && <p className={styles.note}>{note}</p>}
    </section>
  );
}
