import type { z } from 'zod';

/** Posts JSON to the service of the account and validates the answer (null: there is none). Rejects with a `HostFailure`. */
export type ServicePost = <Value>(
  path: string,
  body: unknown,
  schema: z.ZodType<Value> | null,
) => Promise<Value>;
