import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { ServicePreview } from '../../contract/session.ts';
import { host } from '../host/host-client.ts';

const ASK_AFTER_MS = 400;
/** An address that was right may answer later: the service starts, the network comes back. */
const LOOK_AGAIN_AFTER_MS = 4000;

/** How an address that was typed stands. */
export type ServiceCheck =
  | { readonly kind: 'empty' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'found'; readonly preview: ServicePreview }
  | { readonly kind: 'failed'; readonly code: HostErrorCode };

/** What stands behind an address. An answer carries its address: one that comes late is of no consequence. */
export const servicePreviewQuery = (address: string) =>
  queryOptions({
    queryKey: ['service-preview', address],
    queryFn: () => host.session.inspect({ address }),
    staleTime: 60_000,
    retry: false,
    refetchInterval: ({ state }) =>
      state.status === 'error' && state.error?.code !== 'invalid_argument' ? LOOK_AGAIN_AFTER_MS : false,
  });

/** The value a short while after it was typed. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

/** Checks an address while it is typed. */
export function useServiceCheck(typed: string): ServiceCheck {
  const address = typed.trim();
  const asked = usePaused(address);
  const { data, error } = useQuery({ ...servicePreviewQuery(asked), enabled: asked !== '' });
  if (address === '') return { kind: 'empty' };
  if (asked !== address) return { kind: 'checking' };
  if (data !== undefined) return { kind: 'found', preview: data };
  return error === null ? { kind: 'checking' } : { kind: 'failed', code: error.code };
}
