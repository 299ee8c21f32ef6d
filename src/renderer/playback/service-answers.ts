import type { HostStatus } from '../../contract/host-api.ts';

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
