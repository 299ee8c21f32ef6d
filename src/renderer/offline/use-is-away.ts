import { useStatus } from '../status/status-store.ts';

/** Whether the catalog service cannot be reached now; what is not on this computer cannot be had then. */
export const useIsAway = (): boolean => useStatus(({ service }) => service.state === 'unreachable');
