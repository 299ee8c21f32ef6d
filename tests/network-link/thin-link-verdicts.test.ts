/** How the network bench judges what it heard of two tracks of ten seconds in a row. */
import { describe, expect, test } from 'vitest';
import { judgePair } from '../../bench/benches/network/thin-link.ts';
import type { MeterReading } from '../../bench/measuring/sound-meter.ts';

const heard = (
  silences: readonly (readonly [afterSoundMs: number, ms: number])[],
  rest: Partial<MeterReading> = {},
): MeterReading => ({
  firstSoundAt: 1,
  soundMs: 19_600,
  silentMs: 0,
  silences: silences.map(([afterSoundMs, ms]) => ({ afterSoundMs, ms })),
  ...rest,
});

const judge = (reading: MeterReading) => {
  const [first, second] = judgePair(reading, 10_000, 400);
  return { first, second };
};

describe('a pair of plays', () => {
  test('that sounds throughout has no stall, and a short change of tracks is none', () => {
    const { first, second } = judge(heard([[10_030, 60]]));
    expect(first).toEqual({ startMs: 400, handoverMs: null, stallsMs: [] });
    expect(second).toEqual({ startMs: null, handoverMs: 60, stallsMs: [] });
  });

  test('stalls where the silence is', () => {
    expect(judge(heard([[3_000, 700]]))).toMatchObject({
      first: { stallsMs: [700] },
      second: { stallsMs: [] },
    });
    expect(judge(heard([[14_000, 90]]))).toMatchObject({
      first: { stallsMs: [] },
      second: { stallsMs: [90] },
    });
  });

  test('is not charged with silences too short to hear', () => {
    expect(judge(heard([[3_000, 20]]))).toMatchObject({ first: { stallsMs: [] } });
  });

  test('whose second track was not there stalls in the second', () => {
    expect(judge(heard([[9_990, 1_300]]))).toMatchObject({
      first: { stallsMs: [] },
      second: { handoverMs: 1_300, stallsMs: [1_300] },
    });
  });

  test('that fell silent for good stalls in the track it fell silent in', () => {
    expect(judge(heard([], { soundMs: 4_000, silentMs: 20_000 }))).toMatchObject({
      first: { stallsMs: [20_000] },
      second: { stallsMs: [] },
    });
    expect(judge(heard([], { soundMs: 9_995, silentMs: 20_000 }))).toMatchObject({
      first: { stallsMs: [] },
      second: { stallsMs: [20_000] },
    });
  });
});
