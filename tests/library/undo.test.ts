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

/** What was shown before each change and after the last; then as they are taken back one by one, and done again one by one. */
const undoesAll = <Kind extends 'saved' | 'shelf' | 'playlist'>(
  kind: Kind,
  show: (replica: ReturnType<typeof replicaOf<Kind>>) => unknown,
  seed: number,
): Record<'done' | 'undone' | 'redone', readonly unknown[]> => {
  const random = randomSource(seed);
  const pen = penOf(1);
  const replica = replicaOf(kind, null);
  for (let step = 0; step < 12; step += 1) replica.change(randomEdits(kind, replica, random), pen);
  const before = show(replica);
  const changes = Array.from({ length: 6 }, () => {
    const { undo } = replica.change(randomEdits(kind, replica, random), pen);
    return { undo, shown: show(replica) };
  });
  const takenBack = changes.toReversed().map((change) => {
    const redo = replica.change(change.undo, pen).undo;
    return { redo, shown: show(replica) };
  });
  const again = takenBack.toReversed().map(({ redo }) => {
    replica.change(redo, pen);
    return show(replica);
  });
  return {
    done: [before, ...changes.map(({ shown }) => shown)],
    undone: [...takenBack.toReversed().map(({ shown }) => shown), changes.at(-1)?.shown],
    redone: [before, ...again],
  };
};

it.each(KINDS)('takes back any edits of %s one by one, and brings them again', (kind) => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      const { done, undone, redone } = ((): ReturnType<typeof undoesAll> => {
        switch (kind) {
          case 'saved':
            return undoesAll('saved', seen.saved, seed);
          case 'shelf':
            return undoesAll('shelf', seen.shelf, seed);
          case 'playlist':
            return undoesAll('playlist', seen.playlist, seed);
        }
      })();
      expect(undone).toEqual(done);
      expect(redone).toEqual(done);
    }),
    { numRuns: 150 },
  );
});
