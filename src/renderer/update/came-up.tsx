import { useEffect } from 'react';
import { host } from '../host/host-client.ts';
import { reportFailure } from '../report-failure.ts';

/**
 * Says that the window has come up, once all that stands beside it is in the document (also of one that nobody sees yet): a version that
 * was just installed is good then, and is not taken back.
 */
export function CameUp() {
  useEffect(() => {
    host.update.usable().catch(reportFailure);
  }, []);
  return null;
}
