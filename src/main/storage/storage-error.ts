import { HostFailure } from '../../contract/host-error.ts';

/** Node's `code` of a system error (`ENOSPC`, `ECONNRESET`, …), looked for along the chain of causes; our own codes are none. */
export const systemErrorCode = (error: unknown): string | null => {
  for (let current = error; current instanceof Error; current = current.cause) {
    const isOwn = current instanceof HostFailure;
    if (!isOwn && 'code' in current && typeof current.code === 'string') return current.code;
  }
  return null;
};

export const storageFailure = (what: string, error: unknown): HostFailure =>
  new HostFailure('storage_failed', `${what}: ${systemErrorCode(error) ?? String(error)}`, { cause: error });
