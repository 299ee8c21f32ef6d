import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../ports.ts';
import { createJsonDocument } from '../../storage/json-document.ts';

const storedSchema = z.object({ serviceUrl: z.url({ protocol: /^https?$/ }) });
/**
 * Which catalog service to offer: `--service`, else `RIFFLE_SERVICE_URL`, else the one of last time; null when none was ever
 * given. What was given is remembered; what is no address is passed over.
 */
export const findServiceUrl = async (options: {
  /** On the command line or in the environment. */
  readonly given: string | undefined;
  readonly dataFolder: string;
  readonly log: Log;
}): Promise<string | null> => {
  const { log } = options;
  const document = createJsonDocument({
    path: join(options.dataFolder, 'service.json'),
    schema: storedSchema,
    log,
  });
  const given = storedSchema.safeParse({ serviceUrl: options.given });
  if (!given.success) return (await document.read())?.serviceUrl ?? null;
  await document.write(given.data).catch((error: unknown) => log.warn('service not remembered', { error }));
  return given.data.serviceUrl;
};
