import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState, type ReactNode } from 'react';
import type { SmartCondition } from '../../core/library/smart/rules.ts';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import styles from './rules.module.css';

const MINUTE_MS = 60_000;
const SUGGESTIONS = 8;

export interface RuleValueProps {
  readonly condition: SmartCondition;
  readonly isWrong: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (condition: SmartCondition) => void;
}

/** What a rule compares with: words (with suggestions from the catalog), a figure with its unit, days, a date. */
export function RuleValue(props: RuleValueProps): ReactNode {
  const { condition, onChange } = props;
  const t = useTexts('playlists');
  switch (condition.kind) {
    case 'liked':
      return null;
    case 'text':
      return <WordsValue {...props} condition={condition} />;
    case 'recent':
      return (
        <FigureValue
          {...props}
          value={condition.days}
          unit={t('smart.units.days')}
          onFigure={(days) => onChange({ ...condition, days })}
        />
      );
    case 'number': {
      const isLength = condition.field === 'durationMs';
      const unit = isLength
        ? t('smart.units.minutes')
        : condition.field === 'loudnessLufs'
          ? t('smart.units.lufs')
          : null;
      return (
        <FigureValue
          {...props}
          value={isLength ? condition.value / MINUTE_MS : condition.value}
          unit={unit}
          onFigure={(figure) =>
            onChange({ ...condition, value: isLength ? Math.round(figure * MINUTE_MS) : figure })
          }
        />
      );
    }
    case 'time':
      return (
        <input
          type="date"
          className={styles.input}
          aria-label={t('smart.value')}
          aria-invalid={props.isWrong || undefined}
          aria-describedby={props.describedBy}
          value={new Date(condition.atMs).toISOString().slice(0, 10)}
          onChange={(event) => {
            const atMs = event.target.valueAsNumber;
            if (Number.isFinite(atMs)) onChange({ ...condition, atMs });
          }}
        />
      );
  }
}

/** The figure is kept as it is typed, so that "-" and "1." can be on the way to one. */
function FigureValue(
  props: Omit<RuleValueProps, 'condition' | 'onChange'> & {
    readonly value: number;
    readonly unit: string | null;
    readonly onFigure: (value: number) => void;
  },
): ReactNode {
  const { value, unit, isWrong, describedBy, onFigure } = props;
  const t = useTexts('playlists');
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className={styles.figure}>
      <input
        type="number"
        step="any"
        className={styles.input}
        aria-label={unit === null ? t('smart.value') : `${t('smart.value')}: ${unit}`}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        value={typed ?? (Number.isNaN(value) ? '' : String(value))}
        onChange={(event) => {
          setTyped(event.target.value);
          // Nothing typed is no figure, and said to be wrong until there is one.
          onFigure(event.target.value === '' ? Number.NaN : event.target.valueAsNumber);
        }}
        onBlur={() => setTyped(null)}
      />
      {unit !== null && <span aria-hidden>{unit}</span>}
    </span>
  );
}

type TextCondition = Extract<SmartCondition, { readonly kind: 'text' }>;

function WordsValue(
  props: Omit<RuleValueProps, 'condition'> & { readonly condition: TextCondition },
): ReactNode {
  const { condition, isWrong, describedBy, onChange } = props;
  const t = useTexts('playlists');
  const listId = useId();
  const suggestions = useSuggestions(condition);
  return (
    <>
      <input
        type="text"
        className={styles.input}
        list={listId}
        autoComplete="off"
        spellCheck={false}
        aria-label={t('smart.value')}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        value={condition.text}
        onChange={(event) => onChange({ ...condition, text: event.target.value })}
      />
      <datalist id={listId}>
        {suggestions.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** Names that begin so, from the catalog: genres, artists, albums, titles. None while it cannot be asked; then one types. */
function useSuggestions({ field, text }: TextCondition): readonly string[] {
  const query = useDeferredValue(text.trim());
  const genres = useQuery({
    queryKey: ['genre-names'],
    queryFn: () => host.catalog.genres({ limit: 200 }),
    enabled: field === 'genre',
  });
  const found = useQuery({
    queryKey: ['rule-suggestions', field, query],
    queryFn: () => host.catalog.search({ query, limit: SUGGESTIONS, correct: false }),
    enabled: field !== 'genre' && query.length > 1,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  if (field === 'genre') return genres.data?.items.map(({ name }) => name) ?? [];
  const reply = found.data;
  if (reply === undefined) return [];
  const names =
    field === 'artist'
      ? reply.artists.items.map(({ name }) => name)
      : field === 'album'
        ? reply.albums.items.map(({ title }) => title)
        : reply.tracks.items.map(({ title }) => title);
  return Array.from(new Set(names)).slice(0, SUGGESTIONS);
}
