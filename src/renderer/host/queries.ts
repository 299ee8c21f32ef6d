import { QueryClient } from '@tanstack/react-query';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: HostFailure;
  }
}

const MINUTE_MS = 60_000;

/** Failures that a second try cannot mend, or that the status place already watches. */
const FINAL: ReadonlySet<HostErrorCode> = new Set<HostErrorCode>([
  'not_found',
  'invalid_argument',
  'forbidden',
  'cancelled',
  'offline',
  'service_unreachable',
]);

/** Anything else is asked once more. */
const shouldRetry = (failures: number, error: unknown): boolean =>
  failures < 1 && !(error instanceof HostFailure && FINAL.has(error.code));

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5 * MINUTE_MS,
        gcTime: 30 * MINUTE_MS,
        retry: shouldRetry,
        refetchOnWindowFocus: false,
        // The host knows the network better than the browser; it answers `offline` itself.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** The window's own. */
export const queryClient = createQueryClient();

/** Asks again for everything on screen that failed; called when the service answers again. */
export async function refetchFailed(client: QueryClient = queryClient): Promise<void> {
  await client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
}
