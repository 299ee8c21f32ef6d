import { array, assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackMark } from '../../contract/offline.ts';
import { createMarkBoard, isSameMark, MOST_MARKS_AT_ONCE, type Marks } from './mark-board.ts';

const KEPT: TrackMark = { state: 'kept' };
/** The question that was to be asked soon has been, and was answered. */
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));

/** A host that answers when told to, from `here`. */
function setUp(here: Record<string, TrackMark> = {}) {
  const asked: (readonly string[])[] = [];
  const failures: unknown[] = [];
  let isDown = false;
  let gate: Promise<void> = Promise.resolve();
  const board = createMarkBoard({
    ask: async (trackIds): Promise<Marks> => {
      asked.push(trackIds);
      const answer = Object.fromEntries(
        trackIds.flatMap((id) => (here[id] === undefined ? [] : [[id, here[id]]])),
      );
      await gate;
      if (isDown) throw new Error('down');
      return answer;
    },
    isSame: isSameMark,
    onFailure: (failure) => failures.push(failure),
  });
  return {
    board,
    here,
    asked,
    failures,
    setDown: (down: boolean) => (isDown = down),
    /** Holds every answer back until the function it gives is called. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}

describe('marks of the tracks on screen', () => {
  it('are asked for together, each once, and told to the rows that show them', async () => {
    const { board, asked } = setUp({ one: KEPT });
    const told: string[] = [];
    board.watch('one', () => told.push('one'));
    board.watch('one', () => told.push('one again'));
    board.watch('two', () => told.push('two'));
    expect(board.markOf('one')).toBeUndefined();
    await settled();
    expect(asked).toEqual([['one', 'two']]);
    expect([board.markOf('one'), board.markOf('two')]).toEqual([KEPT, null]);
    expect(told).toEqual(['one', 'one again', 'two']);
  });

  it('are asked for again on a change, and only rows whose mark is another one hear of it', async () => {
    const { board, here } = setUp({ one: KEPT, two: { state: 'fetching', share: 0.2 } });
    const told: string[] = [];
    for (const id of ['one', 'two']) board.watch(id, () => told.push(id));
    await settled();
    told.length = 0;
    here['one'] = { state: 'kept' };
    here['two'] = { state: 'fetching', share: 0.4 };
    board.askAgain();
    await settled();
    expect(told).toEqual(['two']);
    expect(board.markOf('two')).toEqual({ state: 'fetching', share: 0.4 });
  });

  it('are asked for once more when they change while an answer is under way', async () => {
    const { board, here, hold, asked } = setUp({});
    const answer = hold();
    board.watch('one', () => {});
    await settled();
    here['one'] = KEPT;
    board.askAgain();
    board.askAgain();
    expect(asked).toHaveLength(1);
    answer();
    await settled();
    expect(asked).toHaveLength(2);
    expect(board.markOf('one')).toEqual(KEPT);
  });

  it('stand as they were when the host fails, and are asked for with the next change', async () => {
    const { board, failures, setDown, here } = setUp({ one: KEPT });
    board.watch('one', () => {});
    await settled();
    setDown(true);
    here['one'] = { state: 'cached' };
    board.askAgain();
    await settled();
    expect([board.markOf('one'), failures.length]).toEqual([KEPT, 1]);
    setDown(false);
    board.askAgain();
    await settled();
    expect(board.markOf('one')).toEqual({ state: 'cached' });
  });

  it('of any list cost what its window costs: those that scrolled away are forgotten', async () => {
    await assert(
      asyncProperty(array(nat(90_000), { maxLength: 20 }), async (places) => {
        const { board, asked } = setUp({});
        let leave: (() => void)[] = [];
        for (const place of places) {
          for (const stop of leave) stop();
          leave = Array.from({ length: 40 }, (_, row) => board.watch(`t${place + row}`, () => {}));
        }
        // Whatever the way there: one question, about the rows that are still on screen.
        await settled();
        expect(asked.length).toBe(places.length === 0 ? 0 : 1);
        asked.length = 0;
        board.askAgain();
        await settled();
        expect(asked.flat().length).toBe(leave.length);
        for (const stop of leave) stop();
        asked.length = 0;
        board.askAgain();
        await settled();
        expect(asked).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('show at once what was just done, whatever was asked before it', async () => {
    const { board, here, hold } = setUp({});
    const told: string[] = [];
    board.watch('one', () => told.push('one'));
    const answer = hold();
    board.askAgain();
    await settled();
    board.set(['one', 'not on screen'], KEPT);
    expect([board.markOf('one'), board.markOf('not on screen')]).toEqual([KEPT, undefined]);
    answer();
    await settled();
    expect([board.markOf('one'), told]).toEqual([KEPT, ['one']]);
    // The next answer is one to a question from after it.
    here['one'] = { state: 'cached' };
    board.askAgain();
    await settled();
    expect(board.markOf('one')).toEqual({ state: 'cached' });
  });

  it('never ask for more at once than the host answers', async () => {
    const { board, asked } = setUp({});
    for (let index = 0; index < MOST_MARKS_AT_ONCE * 2 + 1; index += 1) board.watch(`t${index}`, () => {});
    await settled();
    expect(asked.map((ids) => ids.length)).toEqual([MOST_MARKS_AT_ONCE, MOST_MARKS_AT_ONCE, 1]);
  });
});
