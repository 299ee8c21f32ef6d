import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeekPoints, pointBefore } from './seek-points.ts';

const POINTS = { everySamples: 44_928, firstByte: 417, steps: [16_301, 16_300] };

describe('the point before a sample', () => {
  it('is the last one that does not lie behind it, the first byte and every step to there added up', () => {
    const points = fc.record({
      everySamples: fc.integer({ min: 1, max: 100_000 }),
      firstByte: fc.nat(1_000_000),
      steps: fc.array(fc.integer({ min: 1, max: 500_000 }), { maxLength: 600 }),
    });
    fc.assert(
      fc.property(points, fc.integer({ min: -100_000, max: 70_000_000 }), (all, sample) => {
        const point = pointBefore(all, sample);
        const index = point.sample / all.everySamples;
        expect(Number.isInteger(index)).toBe(true);
        expect(point.sample === 0 || point.sample <= sample).toBe(true);
        expect(index === all.steps.length || point.sample + all.everySamples > sample).toBe(true);
        const between = all.steps.filter((_, step) => step < index).reduce((sum, step) => sum + step, 0);
        expect(point.byte).toBe(all.firstByte + between);
      }),
    );
  });
});

describe('asking where frames lie', () => {
  const asking = (answer: () => Promise<Response>) => {
    const asked: string[] = [];
    const ask = createSeekPoints('/tracks/one', (address) => {
      asked.push(address instanceof Request ? address.url : address.toString());
      return answer();
    });
    return { ask, asked };
  };

  it('happens when it is needed first, and once', async () => {
    const { ask, asked } = asking(() => Promise.resolve(Response.json(POINTS)));
    expect(asked).toEqual([]);

    expect([await ask(), await ask()]).toEqual([POINTS, POINTS]);
    expect(asked).toEqual(['/tracks/one/seek-points']);
  });

  it.each([
    ['is not known', () => Promise.resolve(new Response(null, { status: 404 }))],
    ['is nonsense', () => Promise.resolve(Response.json({ ...POINTS, steps: [-1] }))],
    ['cannot be asked', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('is no reason not to play when it %s', async (_, answer) => {
    const { ask, asked } = asking(answer);

    expect(await ask()).toBeNull();
    await ask();
    expect(asked).toHaveLength(2);
  });
});
