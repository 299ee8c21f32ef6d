/**
 * `npm run release` as a process of its own that a fault ends at a chosen store operation:
 * `FAULT=SIGKILL:7 node tests/release/release-process.ts publish <folder> --store <folder>`. The signal comes just before the
 * operation reaches the store.
 */
import { openStore } from '../../src/catalog/store/open-store.ts';
import { createReleaseCommand } from '../../scripts/release/release-command.ts';
import { watchedStore } from '../publish/watched-store.ts';

const [signal = '', operation = '0'] = (process.env['FAULT'] ?? '').split(':');
let operations = 0;

const fault = (): void => {
  operations += 1;
  if (signal !== '' && operations === Number(operation)) process.kill(process.pid, signal);
};

await createReleaseCommand({
  openStore: (location) => watchedStore(openStore(location), fault),
  environment: process.env,
  write: (text) => void process.stdout.write(text),
}).parseAsync();
