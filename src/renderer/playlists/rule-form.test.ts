import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SmartCondition } from '../../core/library/smart/rules.ts';
import { smartProblems } from '../../core/library/smart/validate.ts';
import {
  fieldOf,
  NEW_CONDITION,
  NEW_GROUP,
  NEW_RULES,
  replaced,
  RULE_FIELDS,
  testOf,
  testsFor,
  withField,
  withTest,
} from './rule-form.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 8);
const anyField = fc.constantFrom(...RULE_FIELDS);
const anyCondition: fc.Arbitrary<SmartCondition> = fc
  .array(anyField, { minLength: 1, maxLength: 4 })
  .map((fields) =>
    fields.reduce<SmartCondition>((condition, field) => withField(condition, field, NOW_MS), NEW_CONDITION),
  );

describe('a rule that is put together', () => {
  it('is about the field that was chosen last, and lacks nothing but words', () => {
    fc.assert(
      fc.property(anyCondition, anyField, (before, field) => {
        const condition = withField(before, field, NOW_MS);
        expect(fieldOf(condition)).toBe(field);
        expect(testsFor(condition)).toContain(testOf(condition));
        const codes = smartProblems({ ...NEW_RULES, rules: [condition] }).map(({ code }) => code);
        expect(codes).toEqual(condition.kind === 'text' ? ['text_missing'] : []);
      }),
    );
  });

  it('takes every comparison that it offers, and no other', () => {
    fc.assert(
      fc.property(anyCondition, (condition) => {
        for (const test of testsFor(condition)) {
          const changed = withTest(condition, test, NOW_MS);
          expect(testOf(changed)).toBe(test);
          expect(fieldOf(changed)).toBe(fieldOf(condition));
        }
      }),
    );
    expect(withTest(NEW_CONDITION, 'over', NOW_MS)).toEqual(NEW_CONDITION);
  });

  it('keeps the words where another field takes words too, and the days where a date is asked for', () => {
    const words: SmartCondition = { kind: 'text', field: 'genre', test: 'contains', text: 'folk' };
    expect(withField(words, 'album', NOW_MS)).toEqual({ ...words, field: 'album' });
    const recent = withField(words, 'added', NOW_MS);
    const since = withTest(recent, 'over', NOW_MS);
    expect(since).toEqual({ kind: 'time', field: 'added', test: 'over', atMs: Date.UTC(2026, 9, 27) });
    expect(withTest(since, 'inTheLast', NOW_MS)).toEqual({
      kind: 'recent',
      field: 'added',
      test: 'inTheLast',
      days: 30,
    });
  });

  it('can be changed and taken out without touching the others', () => {
    expect(replaced(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(replaced(['a', 'b', 'c'], 1, null)).toEqual(['a', 'c']);
    expect(replaced(['a'], 3, null)).toEqual(['a']);
    expect(NEW_GROUP.conditions).toHaveLength(1);
  });
});
