import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBlockMerger } from './block-merger.ts';

it('merged blocks hold the same samples in the same order, none of them smaller than asked but the last', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 12 }), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }),
      (pieces, sizes) => {
        const merger = createBlockMerger(sizes);
        const blocks = pieces.flatMap((piece) => {
          const block = merger.push([Float32Array.from(piece), Float32Array.from(piece, (each) => -each)]);
          return block === null ? [] : [block];
        });
        blocks.forEach((block, index) => {
          expect(block[0]?.length).toBeGreaterThanOrEqual(sizes[Math.min(index, sizes.length - 1)] ?? 1);
        });
        const rest = merger.rest();
        const all = rest === null ? blocks : [...blocks, rest];
        expect(all.flatMap((block) => [...(block[0] ?? [])])).toEqual(pieces.flat());
        expect(all.flatMap((block) => [...(block[1] ?? [])].map((each) => 0 - each))).toEqual(
          pieces.flat().map((each) => each + 0),
        );
      },
    ),
  );
});
