import { useSession } from '../session/session-store.ts';
import { useStatus } from './status-store.ts';

/** Why something was answered by this computer and not by the service. */
export type WhyFromComputer = 'offline' | 'service_unreachable' | 'sign_in_again' | 'unrenewed' | 'slow';

/** As far as it is known now; a service that is there, and lets this listener in, has been slow. */
export function useWhyFromComputer(): WhyFromComputer {
  const session = useSession((snapshot) => snapshot.session.state);
  const away = useStatus(({ service }) => (service.state === 'unreachable' ? service.cause : null));
  if (away !== null) return away;
  return session === 'sign_in_again' || session === 'unrenewed' ? session : 'slow';
}
