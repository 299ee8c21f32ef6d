import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribe } from '../host/host-client.ts';
import { HISTORY_KEY, historyQuery } from './catalog-queries.ts';

/** What was played lately; the host tells of every new play while a page that shows it is open. */
export function useHistory() {
  const client = useQueryClient();
  useEffect(() => subscribe('history', (entries) => client.setQueryData(HISTORY_KEY, entries)), [client]);
  return useQuery(historyQuery());
}
