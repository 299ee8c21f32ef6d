import { queryOptions, useQuery } from '@tanstack/react-query';
import type { SystemAbilities } from '../../contract/system.ts';
import { host } from '../host/host-client.ts';

const abilitiesQuery = () =>
  queryOptions({
    queryKey: ['abilities'],
    queryFn: () => host.system.abilities(),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Whether this shell can do it on this computer; not before it has said so. */
export function useAbility(name: Exclude<keyof SystemAbilities, 'profile'>): boolean {
  return useQuery(abilitiesQuery()).data?.[name] ?? false;
}
