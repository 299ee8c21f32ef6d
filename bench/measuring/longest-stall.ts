/** For how long this process took nothing else, such as a request for audio, while something was done. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Table } from './report.ts';
import { timed } from './statistics.ts';

export interface Stall {
  readonly what: string;
  /** The longest one. */
  readonly stallMs: number;
  /** From asking to the answer. */
  readonly wholeMs: number;
}

export interface StallWatch {
  during(what: string, work: () => Promise<unknown>): Promise<void>;
  /** Of each, in order. */
  stalls(): readonly Stall[];
}

const NANOSECONDS_A_MS = 1e6;
const SETTLING_MS = 20;
/** What was begun goes on after the answer (what has changed is told, what is unknown is looked for): that counts, too. */
const AFTERWARDS_MS = 500;

export const createStallWatch = (): StallWatch => {
  const stalls: Stall[] = [];
  return {
    async during(what, work) {
      const delays = monitorEventLoopDelay({ resolution: 1 });
      delays.enable();
      await delay(SETTLING_MS);
      delays.reset();
      // After a reset the next turn of the loop begins the measuring, and is not measured itself.
      await delay(SETTLING_MS);
      const { ms } = await timed(work);
      await delay(AFTERWARDS_MS);
      delays.disable();
      stalls.push({ what, stallMs: delays.max / NANOSECONDS_A_MS, wholeMs: ms });
    },
    stalls: () => stalls,
  };
};

/** Whatever else runs on this machine only makes stalls longer: of several rounds the shortest is the nearest to the truth. */
export const shortestOf = (rounds: readonly (readonly Stall[])[]): readonly Stall[] =>
  (rounds[0] ?? []).map(({ what }, at) => ({
    what,
    stallMs: Math.min(...rounds.map((round) => round[at]?.stallMs ?? Infinity)),
    wholeMs: Math.min(...rounds.map((round) => round[at]?.wholeMs ?? Infinity)),
  }));

export const longestOf = (stalls: readonly Stall[]): number =>
  Math.max(...stalls.map(({ stallMs }) => stallMs));

export const stallTable = (title: string, stalls: readonly Stall[]): Table => ({
  title,
  columns: ['what', 'longest stall ms', 'whole ms'],
  rows: stalls.map(({ what, stallMs, wholeMs }) => [what, stallMs, wholeMs]),
});
