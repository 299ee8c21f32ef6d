import { parseArgs } from 'node:util';

export interface CliOptions {
  /** Null: the listener names one. */
  readonly serviceUrl: string | null;
  readonly dataFolder: string | null;
  readonly cacheFolder: string | null;
  readonly port: number;
  readonly assetsFolder: string;
  readonly open: boolean;
  readonly json: boolean;
  readonly dev: boolean;
}

/** Something a person can mend: one sentence, and what to do. */
export class CliProblem extends Error {
  override readonly name = 'CliProblem';
  readonly hint: string;

  constructor(sentence: string, hint: string) {
    super(sentence);
    this.hint = hint;
  }
}

export const USAGE = `Riffle in a browser: the player, served to this machine only.

  --service <url>   the catalog service to offer (or RIFFLE_SERVICE_URL); without it the app asks for one
  --data <folder>   settings, queue and history (default: the platform's settings folder)
  --cache <folder>  audio and artwork (default: "cache" inside --data, else the platform's cache folder)
  --port <number>   0 takes a free one (default)
  --assets <folder> the built window (default: dist/app/renderer)
  --dev             serve the window from its sources, with hot reload
  --no-open         do not open the browser
  --json            one JSON line when ready, instead of a sentence
`;

const parse = (argumentsGiven: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argumentsGiven],
      allowNegative: true,
      options: {
        service: { type: 'string' },
        data: { type: 'string' },
        cache: { type: 'string' },
        port: { type: 'string', default: '0' },
        assets: { type: 'string', default: 'dist/app/renderer' },
        open: { type: 'boolean', default: true },
        json: { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new CliProblem(error instanceof Error ? error.message : String(error), 'See --help.');
  }
};

/** Null when only help was asked for. Throws a `CliProblem` for what cannot be meant. */
export const readCliOptions = (
  argumentsGiven: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CliOptions | null => {
  const values = parse(argumentsGiven);
  if (values.help) return null;
  const service = values.service ?? environment['RIFFLE_SERVICE_URL'];
  if (service !== undefined && (!URL.canParse(service) || !/^https?:$/.test(new URL(service).protocol))) {
    throw new CliProblem(
      `"${service}" is not the address of a service.`,
      'It begins with http:// or https://.',
    );
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CliProblem(
      `"${values.port}" is not a port.`,
      'Give a number from 0 to 65535; 0 takes a free one.',
    );
  }
  return {
    serviceUrl: service ?? null,
    dataFolder: values.data ?? null,
    cacheFolder: values.cache ?? null,
    port,
    assetsFolder: values.assets,
    open: values.open,
    json: values.json,
    dev: values.dev,
  };
};
