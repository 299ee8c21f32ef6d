import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeptBlocks } from './kept-blocks.ts';

it('what is kept from a frame on is what came from there on, however it came and whatever before it was forgotten', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
      fc.nat(60),
      fc.nat(60),
      (sizes, one, other) => {
        const [forgotten, from] = [Math.min(one, other), Math.max(one, other)];
        const blocks = new KeptBlocks();
        for (const size of sizes) {
          const start = blocks.end;
          blocks.add([Float32Array.from({ length: size }, (_, index) => start + index)]);
        }
        blocks.forgetBefore(forgotten);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(blocks.end).toBe(total);
        const given = [...blocks.from(from)].flatMap(([plane]) => [...(plane ?? [])]);
        expect(given).toEqual(Array.from({ length: Math.max(0, total - from) }, (_, index) => from + index));
      },
    ),
  );
});
