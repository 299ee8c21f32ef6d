import type { FetchFailure } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { KnownMark } from './mark-board.ts';

/** What a row wears for its mark. */
export type MarkFace =
  | { readonly kind: 'kept' | 'cached' | 'queued' | 'needsNetwork' | 'locked' }
  | { readonly kind: 'fetching'; readonly share: number }
  | { readonly kind: 'failed'; readonly failure: FetchFailure };

/**
 * Null: nothing to say. While the service is away what is not whole here needs the network, whatever else is to become of
 * it; while it is there, not being here is no news.
 */
export const markFace = (mark: KnownMark, isAway: boolean): MarkFace | null => {
  if (mark === undefined) return null;
  if (mark === null) return isAway ? { kind: 'needsNetwork' } : null;
  switch (mark.state) {
    case 'kept':
    case 'cached':
    case 'locked':
      return { kind: mark.state };
    case 'queued':
      return { kind: isAway ? 'needsNetwork' : 'queued' };
    case 'fetching':
      return isAway ? { kind: 'needsNetwork' } : { kind: 'fetching', share: mark.share };
    case 'failed':
      return isAway ? { kind: 'needsNetwork' } : { kind: 'failed', failure: mark.failure };
    default:
      return assertNever(mark);
  }
};

/** Whether the track can sound now, as far as the mark tells; what is not known yet may. */
export const cannotSound = (face: MarkFace | null): boolean =>
  face?.kind === 'needsNetwork' || face?.kind === 'locked';
