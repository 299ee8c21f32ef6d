/** The rules of a smart playlist while they are put together: what a field can be compared by, and what a new or changed rule begins as. */
import {
  NUMBER_FIELDS,
  NUMBER_TESTS,
  TEXT_FIELDS,
  TEXT_TESTS,
  TIME_FIELDS,
  type NumberField,
  type SmartCondition,
  type SmartGroup,
  type SmartRules,
  type TextField,
  type TimeField,
} from '../../core/library/smart/rules.ts';

export const RULE_FIELDS = [...TEXT_FIELDS, ...NUMBER_FIELDS, ...TIME_FIELDS, 'liked'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
export const TIME_TESTS = ['inTheLast', 'notInTheLast', 'over', 'under'] as const;

export const fieldOf = (condition: SmartCondition): RuleField =>
  condition.kind === 'liked' ? 'liked' : condition.field;

const isTextField = (field: RuleField): field is TextField => TEXT_FIELDS.some((each) => each === field);
const isNumberField = (field: RuleField): field is NumberField =>
  NUMBER_FIELDS.some((each) => each === field);
const isTimeField = (field: RuleField): field is TimeField => TIME_FIELDS.some((each) => each === field);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FIRST_VALUES: Readonly<Record<NumberField, (nowMs: number) => number>> = {
  year: (nowMs) => new Date(nowMs).getUTCFullYear() - 1,
  plays: () => 3,
  loudnessLufs: () => -14,
  durationMs: () => 4 * MINUTE_MS,
};
const FIRST_DAYS = 30;

/** A rule about another field: what was written stays where it means the same there. */
export const withField = (condition: SmartCondition, field: RuleField, nowMs: number): SmartCondition => {
  if (field === 'liked') return { kind: 'liked', value: true };
  if (isTextField(field)) {
    return condition.kind === 'text'
      ? { ...condition, field }
      : { kind: 'text', field, test: field === 'genre' || field === 'artist' ? 'is' : 'contains', text: '' };
  }
  if (isNumberField(field)) {
    const test = condition.kind === 'number' ? condition.test : 'over';
    return { kind: 'number', field, test, value: FIRST_VALUES[field](nowMs) };
  }
  if (isTimeField(field)) {
    return condition.kind === 'recent' || condition.kind === 'time'
      ? { ...condition, field }
      : { kind: 'recent', field, test: 'inTheLast', days: FIRST_DAYS };
  }
  return field satisfies never;
};

export type RuleTest =
  (typeof TEXT_TESTS)[number] | (typeof NUMBER_TESTS)[number] | (typeof TIME_TESTS)[number] | 'yes' | 'no';

/** How a rule compares, as one of the names that its kind of field has. */
export const testOf = (condition: SmartCondition): RuleTest =>
  condition.kind === 'liked' ? (condition.value ? 'yes' : 'no') : condition.test;

export const testsFor = (condition: SmartCondition): readonly RuleTest[] => {
  switch (condition.kind) {
    case 'text':
      return TEXT_TESTS;
    case 'number':
      return NUMBER_TESTS;
    case 'recent':
    case 'time':
      return TIME_TESTS;
    case 'liked':
      return ['yes', 'no'];
  }
};

/** Compared otherwise; a test that is not of this kind of field changes nothing. */
export const withTest = (condition: SmartCondition, test: RuleTest, nowMs: number): SmartCondition => {
  switch (condition.kind) {
    case 'text': {
      const found = TEXT_TESTS.find((each) => each === test);
      return found === undefined ? condition : { ...condition, test: found };
    }
    case 'number': {
      const found = NUMBER_TESTS.find((each) => each === test);
      return found === undefined ? condition : { ...condition, test: found };
    }
    case 'liked':
      return { kind: 'liked', value: test !== 'no' };
    case 'recent':
    case 'time': {
      const { field } = condition;
      if (test === 'inTheLast' || test === 'notInTheLast') {
        const days =
          condition.kind === 'recent'
            ? condition.days
            : Math.max(1, Math.round((nowMs - condition.atMs) / DAY_MS));
        return { kind: 'recent', field, test, days };
      }
      if (test !== 'over' && test !== 'under') return condition;
      const atMs =
        condition.kind === 'time'
          ? condition.atMs
          : Math.floor((nowMs - condition.days * DAY_MS) / DAY_MS) * DAY_MS;
      return { kind: 'time', field, test, atMs: Math.max(atMs, 0) };
    }
  }
};

export const NEW_CONDITION: SmartCondition = { kind: 'text', field: 'genre', test: 'is', text: '' };
export const NEW_GROUP: SmartGroup = { kind: 'group', match: 'any', conditions: [NEW_CONDITION] };
export const NEW_RULES: SmartRules = {
  match: 'all',
  rules: [NEW_CONDITION],
  sort: { by: 'added', descending: true },
  limit: null,
};

/** A list with one of its entries changed, or (null) taken out. */
export const replaced = <Entry>(
  entries: readonly Entry[],
  index: number,
  entry: Entry | null,
): readonly Entry[] =>
  entries.flatMap((each, at) => (at === index ? (entry === null ? [] : [entry]) : [each]));
