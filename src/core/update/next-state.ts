import { assertNever } from '../playback/assert-never.ts';
import type { OfferedVersion, UpdateEvent, UpdateState, UpdateWait } from './update-state.ts';

type StateName = UpdateState['state'];

const available = ({ version, notes, sizeBytes }: OfferedVersion, waits: UpdateWait): UpdateState => ({
  state: 'available',
  version,
  notes,
  sizeBytes,
  waits,
});

/** While one of these holds, switching off changes nothing: it is past changing, or must be read first. */
const NOT_SWITCHED_OFF: readonly StateName[] = ['off', 'unsupported', 'installing', 'rolled_back'];

/**
 * How an update stands after something has happened. What does not belong to a state (a late answer, a click that came twice) leaves
 * it as it is, so that no order of events leads anywhere the diagram of `UpdateState` does not show.
 */
export const nextUpdateState = (now: UpdateState, event: UpdateEvent): UpdateState => {
  const isIn = (...names: readonly StateName[]): boolean => names.includes(now.state);

  switch (event.kind) {
    case 'switched_off':
      return isIn(...NOT_SWITCHED_OFF) ? now : { state: 'off' };
    case 'switched_on':
      return isIn('off') ? { state: 'idle', checkedAt: null } : now;
    case 'check_started':
      return isIn('idle', 'failed') ? { state: 'checking' } : now;
    case 'nothing_newer':
      return isIn('checking', 'available', 'ready') ? { state: 'idle', checkedAt: event.at } : now;
    case 'check_failed':
      // What is known to be there stays: a feed that is gone for an hour takes nothing back.
      return isIn('checking') ? { state: 'failed', reason: event.reason, retryAt: event.retryAt } : now;
    case 'offered':
      if (now.state === 'ready' && now.version === event.offer.version) return now;
      // Of a version that was taken back nothing needs to be said any more once there is a better one.
      return isIn('checking', 'available', 'ready', 'rolled_back')
        ? available(event.offer, event.waits)
        : now;
    case 'download_started':
      return now.state === 'available'
        ? { state: 'downloading', version: now.version, doneBytes: 0, totalBytes: now.sizeBytes }
        : now;
    case 'moved':
      return now.state === 'downloading'
        ? { ...now, doneBytes: event.doneBytes, totalBytes: event.totalBytes }
        : now;
    case 'download_stopped':
      return isIn('downloading') ? available(event.offer, event.waits) : now;
    case 'download_failed':
      return isIn('downloading') ? { state: 'failed', reason: event.reason, retryAt: event.retryAt } : now;
    case 'downloaded':
      return now.state === 'downloading' && now.version === event.offer.version
        ? { state: 'ready', version: now.version, notes: event.offer.notes }
        : now;
    case 'skipped':
      return isIn('available', 'ready') ? { state: 'idle', checkedAt: event.at } : now;
    case 'install_started':
      return now.state === 'ready' ? { state: 'installing', version: now.version } : now;
    case 'install_failed':
      return isIn('installing') ? { state: 'failed', reason: event.reason, retryAt: event.retryAt } : now;
    case 'put_back':
      return isIn('idle', 'off')
        ? { state: 'rolled_back', from: event.from, to: event.to, at: event.at }
        : now;
    case 'acknowledged':
      if (!isIn('rolled_back')) return now;
      return event.isOff ? { state: 'off' } : { state: 'idle', checkedAt: null };
    default:
      return assertNever(event);
  }
};
