/** What is wrong with rules that someone is putting together, told by the place of the rule: for the form, and before they are kept. */
import { assertNever } from '../../playback/assert-never.ts';
import {
  MOST_CONDITION_LETTERS,
  MOST_CONDITIONS,
  MOST_SMART_DAYS,
  MOST_SMART_MINUTES,
  MOST_SMART_TRACKS,
  type NumberField,
  type SmartCondition,
  type SmartRules,
} from './rules.ts';

export type SmartProblemCode = 'text_missing' | 'text_too_long' | 'out_of_range' | 'group_empty' | 'too_many';
export interface SmartProblem {
  readonly code: SmartProblemCode;
  /** Index in `rules`, then in the group; empty: the whole, or its limit. */
  readonly path: readonly number[];
}

const RANGES: Readonly<Record<NumberField, readonly [least: number, most: number]>> = {
  year: [1, 9999],
  plays: [0, 1_000_000],
  // From digital silence to above full scale.
  loudnessLufs: [-100, 20],
  durationMs: [0, 7 * 86_400_000],
};
const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;

const problemOf = (condition: SmartCondition): SmartProblemCode | null => {
  switch (condition.kind) {
    case 'text':
      if (condition.text.trim() === '') return 'text_missing';
      return condition.text.length > MOST_CONDITION_LETTERS ? 'text_too_long' : null;
    case 'number':
      return isWithin(condition.value, ...RANGES[condition.field]) ? null : 'out_of_range';
    case 'recent':
      return isWithin(condition.days, 1, MOST_SMART_DAYS) && Number.isInteger(condition.days)
        ? null
        : 'out_of_range';
    case 'time':
      return isWithin(condition.atMs, 0, Number.MAX_SAFE_INTEGER) ? null : 'out_of_range';
    case 'liked':
      return null;
    default:
      return assertNever(condition);
  }
};

/** Empty when the rules may be kept. */
export const smartProblems = ({ rules, limit }: SmartRules): readonly SmartProblem[] => {
  const problems: SmartProblem[] = [];
  const look = (condition: SmartCondition, path: readonly number[]): void => {
    const code = problemOf(condition);
    if (code !== null) problems.push({ code, path });
  };
  let count = 0;
  for (const [index, rule] of rules.entries()) {
    if (rule.kind !== 'group') {
      count += 1;
      look(rule, [index]);
      continue;
    }
    count += rule.conditions.length;
    if (rule.conditions.length === 0) problems.push({ code: 'group_empty', path: [index] });
    for (const [inner, condition] of rule.conditions.entries()) look(condition, [index, inner]);
  }
  if (count > MOST_CONDITIONS) problems.push({ code: 'too_many', path: [] });
  if (limit !== null) {
    const value = limit.kind === 'tracks' ? limit.tracks : limit.minutes;
    const most = limit.kind === 'tracks' ? MOST_SMART_TRACKS : MOST_SMART_MINUTES;
    if (!isWithin(value, 1, most) || !Number.isInteger(value))
      problems.push({ code: 'out_of_range', path: [] });
  }
  return problems;
};
