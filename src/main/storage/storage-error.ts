import { HostFailure } from '../../contract/host-error.ts';

/** Node's `code` of a system error (`ENOSPC`, `ECONNRESET`, …), looked for along the chain of causes. */
export const systemErrorCode = (error: unknown): string | null => {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return null;
};

export const storageFailure = (what: string, error: unknown): HostFailure =>
  new HostFailure('storage_failed', `${what}: ${systemErrorCode(error) ?? String(error)}`, { cause: error });
