// @vitest-environment jsdom
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { SMART_SORTS, type SmartCondition, type SmartRules } from '../../core/library/smart/rules.ts';
import { i18n, speak } from '../i18n/i18n.ts';
import { NEW_CONDITION, NEW_RULES, RULE_FIELDS, testsFor, withField, withTest } from './rule-form.ts';
import { smartSentence } from './smart-words.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 8);
const t = i18n.getFixedT(null, 'playlists');

const RULES: SmartRules = {
  match: 'all',
  rules: [
    { kind: 'text', field: 'genre', test: 'is', text: 'Neue Musik' },
    {
      kind: 'group',
      match: 'any',
      conditions: [
        { kind: 'number', field: 'year', test: 'over', value: 2010 },
        { kind: 'recent', field: 'lastPlayed', test: 'notInTheLast', days: 30 },
      ],
    },
    { kind: 'liked', value: true },
  ],
  sort: { by: 'title', descending: false },
  limit: { kind: 'minutes', minutes: 90 },
};

/** Every field with every comparison. */
const EVERY: readonly SmartCondition[] = RULE_FIELDS.flatMap((field) => {
  const condition = withField(NEW_CONDITION, field, NOW_MS);
  return testsFor(condition).map((test) => withTest(condition, test, NOW_MS));
});

afterEach(() => speak('en'));

describe('the sentence about a smart playlist', () => {
  it('says in English what is in it', () => {
    speak('en');
    expect(smartSentence(t, RULES)).toBe(
      'Tracks where the genre is “Neue Musik”, (the year is after 2010 or you did not hear it in the last 30 days), and you like it. ' +
        'Sorted by title, ascending. At most 1\u00A0h 30\u00A0min long.',
    );
    expect(smartSentence(t, { ...NEW_RULES, rules: [] })).toBe(
      'Every track. Sorted by date added, descending.',
    );
  });

  it('says it in German', () => {
    speak('de');
    expect(smartSentence(t, RULES)).toBe(
      'Titel, für die gilt: das Genre ist „Neue Musik“, (das Jahr liegt nach 2010 oder du hast ihn nicht in den letzten 30 Tagen gehört) und er gefällt dir. ' +
        'Sortiert nach: Titel, aufsteigend. Höchstens 1\u00A0h 30\u00A0min lang.',
    );
  });

  it.each(['en', 'de'] as const)('has whole words for whatever can be put together, in %s', (language) => {
    speak(language);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...EVERY), { maxLength: 5 }),
        fc.constantFrom(...SMART_SORTS),
        fc.boolean(),
        (conditions, by, descending) => {
          const rules = [...conditions, { kind: 'group', match: 'any', conditions } as const];
          const sentence = smartSentence(t, { ...NEW_RULES, rules, sort: { by, descending } });
          expect(sentence).not.toMatch(/\{\{|smart\.|undefined|NaN/);
          expect(sentence.endsWith('.')).toBe(true);
        },
      ),
    );
  });
});
