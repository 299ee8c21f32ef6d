import { queryOptions } from '@tanstack/react-query';
import { host } from '../host/host-client.ts';

const LIST = ['crash-reports'] as const;

/** Asked anew whenever it is shown: a helper may have crashed meanwhile. */
export const crashReportsQuery = () =>
  queryOptions({ queryKey: LIST, queryFn: () => host.reports.list(), staleTime: 0 });

export const crashReportQuery = (id: string) =>
  queryOptions({
    queryKey: [...LIST, id],
    queryFn: () => host.reports.read({ id }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How things stand at the moment it is opened. */
export const diagnosticsQuery = () =>
  queryOptions({
    queryKey: ['diagnostics'],
    queryFn: () => host.reports.diagnostics(),
    staleTime: 0,
    gcTime: 0,
  });
