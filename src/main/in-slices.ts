/**
 * Long work in the process that serves the audio: a few milliseconds of it at a time, and what else there is to do in between.
 */
import { type Steps } from '../core/work/steps.ts';

/** What everybody else waits for at most. */
const SLICE_MS = 6;

/** Lets everything go first that waits. */
export const pause = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Gives what the work gives, or rejects with what it throws. It begins at once. */
export const inSlices = async <Result>(
  work: Steps<Result>,
  now: () => number = () => performance.now(),
): Promise<Result> => {
  let startedMs = now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (now() - startedMs < SLICE_MS) continue;
    await pause();
    startedMs = now();
  }
};
