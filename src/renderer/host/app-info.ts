import { queryOptions } from '@tanstack/react-query';
import { host } from './host-client.ts';

/** What the app is: name, version, shell. It does not change while the window lives. */
export const appInfoQuery = () =>
  queryOptions({
    queryKey: ['app-info'],
    queryFn: () => host.app.info(),
    staleTime: Number.POSITIVE_INFINITY,
  });
