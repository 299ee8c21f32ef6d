import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomSource } from '../../src/core/playback/random.ts';
import { KINDS, replicaOf } from './histories.ts';
import { penOf } from './pen.ts';
import { savedShown, shelfShown } from './plain-model.ts';
import { randomEdits } from './random-edits.ts';

/** What a listener sees; where things stood may have other positions afterwards, and the same order. */
const seen = {
  saved: (replica: ReturnType<typeof replicaOf<'saved'>>): unknown => [
    savedShown(replica),
    [...replica.list('track')],
  ],
  shelf: (replica: ReturnType<typeof replicaOf<'shelf'>>): unknown => shelfShown(replica),
  playlist: (replica: ReturnType<typeof replicaOf<'playlist'>>): unknown => {
    const { details, isDeleted, members, items } = replica.view();
    const shown = [...items].map(({ itemId, trackId, addedBy, addedAtMs }) => [
      itemId,
      trackId,
      addedBy,
      addedAtMs,
    ]);
    return { details, isDeleted, members, shown };
  },
};

const undoesAll = <Kind extends 'saved' | 'shelf' | 'playlist'>(
  kind: Kind,
  show: (replica: ReturnType<typeof replicaOf<Kind>>) => unknown,
  seed: number,
): Record<'before' | 'undone' | 'after' | 'redone', unknown> => {
  const random = randomSource(seed);
  const pen = penOf(1);
  const replica = replicaOf(kind, null);
  for (let step = 0; step < 15; step += 1) replica.change(randomEdits(kind, replica, random), pen);
  const before = show(replica);
  const edits = [0, 1, 2].map(() => replica.change(randomEdits(kind, replica, random), pen).undo);
  const after = show(replica);
  const redo = edits.toReversed().map((undo) => replica.change(undo, pen).undo);
  const undone = show(replica);
  for (const undo of redo.toReversed()) replica.change(undo, pen);
  return { before, undone, after, redone: show(replica) };
};

it.each(KINDS)('takes back any edits of %s, and brings them again', (kind) => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      const { before, undone, after, redone } = ((): ReturnType<typeof undoesAll> => {
        switch (kind) {
          case 'saved':
            return undoesAll('saved', seen.saved, seed);
          case 'shelf':
            return undoesAll('shelf', seen.shelf, seed);
          case 'playlist':
            return undoesAll('playlist', seen.playlist, seed);
        }
      })();
      expect(undone).toEqual(before);
      expect(redone).toEqual(after);
    }),
    { numRuns: 150 },
  );
});
