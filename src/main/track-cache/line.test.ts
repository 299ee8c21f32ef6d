import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLine, Preempted, type Line, type Priority, type Turn } from './line.ts';

const URGENCY: readonly Priority[] = ['playing', 'next', 'pinned', 'update'];
const MOST: Readonly<Record<Priority, number>> = {
  playing: Number.POSITIVE_INFINITY,
  next: 1,
  pinned: 2,
  update: 1,
};
const never = new AbortController().signal;

/** Lets every promise go on that can. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Work {
  priority: Priority;
  turn: Turn | null;
  isDone: boolean;
  readonly controller: AbortController;
}

/** Somebody with something to fetch, who leaves and comes again when they are told to. */
const join = (line: Line, priority: Priority): Work => {
  const work: Work = { priority, turn: null, isDone: false, controller: new AbortController() };
  const enter = async (): Promise<void> => {
    const turn = await line.enter(() => work.priority, work.controller.signal).catch(() => null);
    work.isDone ||= turn === null;
    work.turn = turn;
    if (turn === null) return;
    turn.signal.addEventListener('abort', () => {
      if (work.turn !== turn) return;
      work.turn = null;
      turn.leave();
      if (!work.isDone) void enter();
    });
  };
  void enter();
  return work;
};

const finish = (work: Work): void => {
  work.isDone = true;
  const { turn } = work;
  work.turn = null;
  turn?.leave();
};

const runningOf = (works: readonly Work[]): readonly Work[] => works.filter(({ turn }) => turn !== null);

const commandArbitrary = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), priority: fc.constantFrom(...URGENCY), which: fc.nat(9) }),
  fc.record({
    kind: fc.constant('finish' as const),
    priority: fc.constantFrom(...URGENCY),
    which: fc.nat(9),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    priority: fc.constantFrom(...URGENCY),
    which: fc.nat(9),
  }),
  fc.record({
    kind: fc.constant('give up' as const),
    priority: fc.constantFrom(...URGENCY),
    which: fc.nat(9),
  }),
);

describe('the line to the edge', () => {
  it('never lets something run beside what is more urgent, and leaves nobody waiting once it is free', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commandArbitrary, { maxLength: 25 }), async (commands) => {
        const line = createLine();
        const works: Work[] = [];
        for (const { kind, priority, which } of commands) {
          const open = works.filter(({ isDone }) => !isDone);
          const chosen = open[which % Math.max(1, open.length)];
          if (kind === 'join') works.push(join(line, priority));
          else if (chosen !== undefined && kind === 'finish' && chosen.turn !== null) finish(chosen);
          else if (chosen !== undefined && kind === 'give up' && chosen.turn === null) {
            chosen.controller.abort(new Error('no longer wanted'));
          } else if (chosen !== undefined && kind === 'change') {
            chosen.priority = priority;
            line.reconsider();
          }
          await settle();
          const running = runningOf(works).map((work) => work.priority);
          const mostUrgent = URGENCY.find((one) => running.includes(one));
          expect(new Set(running).size).toBeLessThanOrEqual(1);
          // Somebody waits only for what is at least as urgent.
          const waiting = works.filter(({ isDone, turn }) => !isDone && turn === null);
          for (const { priority: wanted } of waiting) {
            expect(mostUrgent).toBeDefined();
            expect(URGENCY.indexOf(mostUrgent ?? 'pinned')).toBeLessThanOrEqual(URGENCY.indexOf(wanted));
          }
        }
        for (let round = 0; works.some(({ isDone }) => !isDone); round += 1) {
          expect(round).toBeLessThanOrEqual(works.length);
          for (const work of runningOf(works)) finish(work);
          await settle();
        }
        expect(line.isIdle()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each(URGENCY)('lets no more of "%s" run at once than is good', async (priority) => {
    const line = createLine();
    const works = Array.from({ length: 5 }, () => join(line, priority));
    await settle();
    expect(runningOf(works)).toHaveLength(Math.min(5, MOST[priority]));
  });

  it('stops what is kept at once when something is to sound', async () => {
    const line = createLine();
    const kept = await line.enter(() => 'pinned', never);
    void line.enter(() => 'playing', never);
    expect(kept.signal.aborted).toBe(true);
    expect(kept.signal.reason).toBeInstanceOf(Preempted);
    kept.leave();
  });

  it('does not give a turn to somebody who has gone', async () => {
    const line = createLine();
    const gone = new AbortController();
    const playing = await line.enter(() => 'playing', never);
    const waiting = line.enter(() => 'next', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    playing.leave();
    expect(line.isIdle()).toBe(true);
    await expect(line.enter(() => 'next', gone.signal)).rejects.toThrow('gone');
  });
});
