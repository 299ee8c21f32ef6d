import type { HostStatus } from '../../contract/host-api.ts';
import type { SessionSnapshot } from '../../contract/session.ts';

/**
 * Tells each time the service has answered anew. The status changes for many other reasons (a track more in the cache), and
 * what waits for the service is not to be tried again for those.
 */
export function watchServiceAnswers(onAnswer: () => void): (status: Pick<HostStatus, 'service'>) => void {
  let answeredAt: string | null = null;
  return ({ service }) => {
    const before = answeredAt;
    answeredAt = service.state === 'reachable' ? service.checkedAt : null;
    if (answeredAt !== null && answeredAt !== before) onAnswer();
  };
}

/** Tells each time a listener is signed in again who was not: what waited for that is worth another try. */
export function watchSignIns(onSignedIn: () => void): (snapshot: Pick<SessionSnapshot, 'session'>) => void {
  let wasSignedIn = false;
  return ({ session: { state } }) => {
    const isSignedIn = state === 'signed_in';
    if (isSignedIn && !wasSignedIn) onSignedIn();
    wasSignedIn = isSignedIn;
  };
}
