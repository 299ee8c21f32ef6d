/**
 * `riffle-catalog publish` as a process of its own that a fault ends at a chosen store operation:
 * `FAULT=SIGKILL:7 node tests/publish/publisher-process.ts <folder> --store <folder>`. The signal comes just before the
 * operation reaches the store, so all operations together are every step of a run.
 */
import { createPublishCommand } from '../../src/catalog/cli/publish-command.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { watchedStore } from './watched-store.ts';

const [signal = '', operation = '0'] = (process.env['FAULT'] ?? '').split(':');
let operations = 0;

const fault = (): void => {
  operations += 1;
  if (signal !== '' && operations === Number(operation)) process.kill(process.pid, signal);
};

await createPublishCommand((location) => watchedStore(openStore(location), fault)).parseAsync(
  process.argv.slice(2),
  { from: 'user' },
);
