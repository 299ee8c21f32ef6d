import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startBegins, startEnded, startSucceeded, type StartRecord } from './start-record.ts';

type Ending = 'usable' | 'ended' | 'crashed';

/** Starts a version so often, each with its ending, and gives what was found at the last start and what it left. */
const live = (record: StartRecord | null, version: string, endings: readonly Ending[]) => {
  let now = record;
  const verdicts = endings.map((ending) => {
    const begun = startBegins(now, version);
    now = begun.record;
    if (ending === 'usable') now = startSucceeded(now);
    if (ending === 'ended') now = startEnded(now);
    return begun.verdict;
  });
  return { record: now, verdicts, last: verdicts.at(-1) };
};
const proven = live(null, '1.0.0', ['usable']).record;

describe('how a version starts', () => {
  it('is taken back at its third start when the first two after the update failed', () => {
    const { verdicts } = live(proven, '2.0.0', ['crashed', 'crashed', 'crashed']);
    expect(verdicts).toEqual([
      { kind: 'go_on', failedBefore: false },
      { kind: 'go_on', failedBefore: true },
      { kind: 'roll_back', to: '1.0.0' },
    ]);
  });

  it('is not taken back once its window was usable', () => {
    const crashes = Array.from({ length: 8 }, () => 'crashed' as const);
    const { verdicts } = live(proven, '2.0.0', ['crashed', 'usable', ...crashes]);
    expect(verdicts.every(({ kind }) => kind === 'go_on')).toBe(true);
  });

  it('does not count a start that was ended in order', () => {
    const { last } = live(proven, '2.0.0', ['crashed', 'ended', 'ended', 'ended', 'crashed']);
    expect(last).toEqual({ kind: 'go_on', failedBefore: false });
  });

  it('takes nothing back where nothing was before', () => {
    const { verdicts } = live(null, '1.0.0', ['crashed', 'crashed', 'crashed', 'crashed']);
    expect(verdicts.every(({ kind }) => kind === 'go_on')).toBe(true);
  });

  it('does not go forward again when what was put back fails as well', () => {
    const bad = live(proven, '2.0.0', ['crashed', 'crashed', 'crashed']).record;
    const { verdicts } = live(bad, '1.0.0', ['crashed', 'crashed', 'crashed', 'crashed']);
    expect(verdicts.every(({ kind }) => kind === 'go_on')).toBe(true);
  });

  it('rolls back only to what is older, and only after two failures of this version', () => {
    const history = fc.array(
      fc.tuple(
        fc.constantFrom('1.0.0', '2.0.0', '3.0.0'),
        fc.constantFrom<Ending>('usable', 'ended', 'crashed'),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(history, (starts) => {
        let record: StartRecord | null = null;
        let failures = 0;
        for (const [version, ending] of starts) {
          if (record?.version !== version) failures = 0;
          const begun = startBegins(record, version);
          record = begun.record;
          const to = begun.verdict.kind === 'roll_back' ? begun.verdict.to : null;
          expect(to === null || (to < version && failures >= 2)).toBe(true);
          if (ending === 'crashed') failures += 1;
          if (ending === 'usable') record = startSucceeded(record);
          if (ending === 'ended') record = startEnded(record);
        }
      }),
    );
  });
});
