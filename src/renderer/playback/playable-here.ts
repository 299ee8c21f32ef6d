import type { TrackMark } from '../../contract/offline.ts';
import { marksOf } from '../offline/marks-store.ts';
import { reportFailure } from '../report-failure.ts';

/** Whether a track sounds without a network. */
export const isPlayable = (mark: TrackMark | undefined): boolean =>
  mark?.state === 'kept' || mark?.state === 'cached';

/** Those of the tracks that sound without a network; none when the host cannot say. */
export async function playableHere(trackIds: readonly string[]): Promise<ReadonlySet<string>> {
  try {
    const marks = await marksOf(trackIds);
    return new Set(trackIds.filter((trackId) => isPlayable(marks[trackId])));
  } catch (failure) {
    reportFailure(failure);
    return new Set();
  }
}
