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
  'gone',
  'invalid_argument',
  'forbidden',
  'sign_in_required',
  'premium_required',
  'too_many_requests',
  'cancelled',
  'offline',
  'service_unreachable',
]);

/** Anything else is asked once more. */
const shouldRetry = (failures: number, error: unknown): boolean =>
  failures < 1 && !(error instanceof HostFailure && FINAL.has(error.code));

const isFromComputer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'fromComputer' in value && value.fromComputer === true;

/** Whether an answer, or a page of one that came in pages, was made without the service. */
export const hasPartFromComputer = (data: unknown): boolean =>
  isFromComputer(data) ||
  (typeof data === 'object' &&
    data !== null &&
    'pages' in data &&
    Array.isArray(data.pages) &&
    data.pages.some(isFromComputer));

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the service did not say itself is asked for again whenever it is shown anew.
        staleTime: ({ state }) => (hasPartFromComputer(state.data) ? 0 : 5 * MINUTE_MS),
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

/**
 * Called when the service answers again: what failed, and what was answered from this computer, is asked for again at once
 * where it is on screen, and the next time it is shown elsewhere. What is on screen stays until the new answer is there.
 */
export async function refetchFailed(client: QueryClient = queryClient): Promise<void> {
  await client.invalidateQueries({
    refetchType: 'active',
    predicate: ({ state }) => state.status === 'error' || hasPartFromComputer(state.data),
  });
}
