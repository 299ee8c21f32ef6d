import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UPDATE_OUTCOMES } from '../../core/update/rollout-rule.ts';
import { countOutcomes, isClosed, mergeOutcomes } from './outcomes.ts';
import type { OutcomeRecord } from './update-records.ts';

const ids = Array.from({ length: 8 }, (_, index) => `0000000${index}-0000-4000-8000-00000000000a`);
const record: fc.Arbitrary<OutcomeRecord> = fc.record({
  reportId: fc.constantFrom(...ids, ...ids.map((id) => id.toUpperCase())),
  previousVersion: fc.constantFrom('0.1.0', '0.1.1'),
  platform: fc.constantFrom('win32', 'linux'),
  arch: fc.constantFrom('x64', 'arm64'),
  outcome: fc.constantFrom(...UPDATE_OUTCOMES),
});
const sets = fc.array(fc.array(record, { maxLength: 12 }), { maxLength: 5 });

describe('reports of updates', () => {
  it('are one set, in whatever order and however often they came', () => {
    fc.assert(
      fc.property(sets, (sets) => {
        const merged = mergeOutcomes(sets);
        expect(mergeOutcomes([merged, ...sets.toReversed()])).toEqual(merged);
        expect(mergeOutcomes(sets.map((set) => mergeOutcomes([set])))).toEqual(merged);
        expect(new Set(merged.map(({ reportId }) => reportId)).size).toBe(merged.length);
      }),
    );
  });

  it('count once each, and by the worse of two that contradict each other', () => {
    fc.assert(
      fc.property(sets, (sets) => {
        const counts = countOutcomes(sets);
        const all = new Set(sets.flat().map(({ reportId }) => reportId.toLowerCase()));
        expect(UPDATE_OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0)).toBe(all.size);
        const rolledBack = sets.flat().filter(({ outcome }) => outcome === 'rolled_back');
        expect(counts.rolled_back).toBe(
          new Set(rolledBack.map(({ reportId }) => reportId.toLowerCase())).size,
        );
      }),
    );
  });

  it('are counted to their end ninety days after the last of them', () => {
    const last = Date.parse('2026-06-07');
    expect(isClosed('2026-06-07', last + 90 * 86_400_000)).toBe(false);
    expect(isClosed('2026-06-07', last + 90 * 86_400_000 + 1)).toBe(true);
  });
});
