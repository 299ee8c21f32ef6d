import type { UpdateState } from '../../contract/update.ts';
import { assertNever } from '../../core/playback/assert-never.ts';

/** What the settings button points to. Nothing else ever asks a listener about updates. */
export type UpdateMark = 'ready' | 'available' | 'rolledBack' | null;

/**
 * A version is pointed to until its page was opened, and then never again by this window or a later one; that a version was taken back,
 * until that was read.
 */
export const markOf = (update: UpdateState, seenVersion: string | null): UpdateMark => {
  switch (update.state) {
    case 'ready':
      return update.version === seenVersion ? null : 'ready';
    case 'available':
      // One that waits for nothing is fetched by itself.
      return update.waits === null || update.version === seenVersion ? null : 'available';
    case 'rolled_back':
      return 'rolledBack';
    case 'unsupported':
    case 'off':
    case 'idle':
    case 'checking':
    case 'downloading':
    case 'installing':
    case 'failed':
      return null;
    default:
      return assertNever(update);
  }
};
