import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSavedReplica } from '../../core/library/saved.ts';
import { finished, ITEMS_A_STEP, type Steps } from '../../core/work/steps.ts';
import { penOf } from '../../../tests/library/pen.ts';
import { newLibraryDocument, storedLibraryDocument } from './library-document.ts';

const LIKES = 20 * ITEMS_A_STEP;
const SAVED = { kind: 'saved', name: 'saved', isSynced: true } as const;

const manyLikes = createSavedReplica();
manyLikes.change(
  [
    {
      type: 'save',
      kind: 'track',
      items: Array.from({ length: LIKES }, (_, index) => ({
        id: String(index).padStart(20, '0'),
        atMs: index,
      })),
    },
  ],
  penOf(1),
);
const snapshot = manyLikes.snapshot();
const stored = { revision: 7, snapshot, own: [] };
const page = { document: 'saved', snapshot, operations: [], revision: 7, more: false };

const countedSteps = <Result>(steps: Steps<Result>): { readonly count: number; readonly result: Result } => {
  for (let count = 0; ; count += 1) {
    const step = steps.next();
    if (step.done === true) return { count, result: step.value };
  }
};

describe('a document with many likes', () => {
  it('is read from the disk and written there in as many steps as it is long', () => {
    const opened = countedSteps(storedLibraryDocument(SAVED, stored));
    // Each row is checked, put down and put in its place.
    expect(opened.count).toBeGreaterThanOrEqual((3 * LIKES) / ITEMS_A_STEP);
    expect([...opened.result.replica().list('track')]).toEqual([...manyLikes.list('track')]);
    const written = countedSteps(opened.result.stored());
    expect(written.count).toBeGreaterThanOrEqual(LIKES / ITEMS_A_STEP);
    expect(written.result).toEqual(stored);
  });

  it('is taken over from the service in steps, and stands as it did until the last', () => {
    const document = newLibraryDocument(SAVED);
    const reading = document.reading(null);
    expect(finished(reading.page(page))).toBe(false);
    const takingOver = reading.takeOver();
    let count = 0;
    for (let step = takingOver.next(); step.done !== true; step = takingOver.next()) {
      expect(document.replica().list('track').length).toBe(0);
      expect(document.revision()).toBe(0);
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual((2 * LIKES) / ITEMS_A_STEP);
    expect(document.replica().list('track').length).toBe(LIKES);
    expect(document.revision()).toBe(7);
  });

  it('is refused when one of them is not what was agreed', () => {
    const items = { ...snapshot.items, track: [...snapshot.items.track, ['short', 'no stamp']] };
    const garbled = { ...snapshot, items };
    expect(() => finished(storedLibraryDocument(SAVED, { ...stored, snapshot: garbled }))).toThrow(
      z.ZodError,
    );
    const reading = newLibraryDocument(SAVED).reading(null);
    expect(() => finished(reading.page({ ...page, snapshot: garbled }))).toThrow(z.ZodError);
    expect(() => finished(reading.page({ ...page, operations: [{ type: 'save' }] }))).toThrow(z.ZodError);
    expect(() => finished(reading.page({ ...page, document: 'shelf' }))).toThrow(z.ZodError);
  });
});
