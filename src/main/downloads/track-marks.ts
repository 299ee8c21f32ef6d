import type { TrackMark } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';
import type { PinnedTrack, PinTable } from './pin-table.ts';

const markOfPinned = (track: PinnedTrack, isLeaseOver: boolean): TrackMark => {
  const { standing, presentBytes, totalBytes } = track;
  switch (standing.state) {
    case 'kept':
      return isLeaseOver ? { state: 'locked' } : { state: 'kept' };
    case 'waiting':
      return { state: 'queued' };
    case 'fetching':
      return {
        state: 'fetching',
        share: totalBytes === null || totalBytes === 0 ? 0 : Math.min(1, presentBytes / totalBytes),
      };
    case 'failed':
      return { state: 'failed', failure: standing.failure };
    default:
      return assertNever(standing);
  }
};

/** How these tracks stand, pinned or only cached; those of which nothing is here or wanted are left out. */
export const marksOf = (
  trackIds: readonly string[],
  facts: {
    readonly table: PinTable;
    readonly cache: Pick<TrackCache, 'holding'>;
    readonly isLeaseOver: boolean;
  },
): Readonly<Record<string, TrackMark>> => {
  const marks: Record<string, TrackMark> = {};
  for (const trackId of trackIds) {
    const pinned = facts.table.track(trackId);
    if (pinned !== undefined) marks[trackId] = markOfPinned(pinned, facts.isLeaseOver);
    else if (facts.cache.holding(trackId)?.isWhole === true) marks[trackId] = { state: 'cached' };
  }
  return marks;
};
