import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Log } from '../../ports.ts';
import { createJsonDocument } from '../../storage/json-document.ts';

const storedSchema = z.object({ serviceUrl: z.url({ protocol: /^https?$/ }) });
/** Where `riffle-catalog serve` listens when nobody says otherwise. */
const DEFAULT_SERVICE_URL = 'http://127.0.0.1:4620';

/**
 * Which catalog service to talk to: `--service`, else `RIFFLE_SERVICE_URL`, else the one of last time. What was given is
 * remembered; what is no address is passed over.
 */
export const findServiceUrl = async (options: {
  readonly commandLine: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dataFolder: string;
  readonly log: Log;
}): Promise<string> => {
  const { log } = options;
  const document = createJsonDocument({
    path: join(options.dataFolder, 'service.json'),
    schema: storedSchema,
    log,
  });
  const { values } = parseArgs({
    args: [...options.commandLine],
    options: { service: { type: 'string' } },
    strict: false,
  });
  const given = storedSchema.safeParse({
    serviceUrl: values.service ?? options.environment['RIFFLE_SERVICE_URL'],
  });
  if (!given.success) return (await document.read())?.serviceUrl ?? DEFAULT_SERVICE_URL;
  await document.write(given.data).catch((error: unknown) => log.warn('service not remembered', { error }));
  return given.data.serviceUrl;
};
