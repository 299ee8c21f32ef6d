import { isDeepStrictEqual } from 'node:util';
import type { HostStatus } from '../../contract/host-api.ts';

/** Tells a listener about the whole status whenever it is another one than it last told. */
export const createStatusAnnouncer = (
  read: () => HostStatus,
  tell: (status: HostStatus) => void,
): (() => void) => {
  let told: HostStatus | null = null;
  return () => {
    const status = read();
    if (isDeepStrictEqual(status, told)) return;
    told = status;
    tell(status);
  };
};
