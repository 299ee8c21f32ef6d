/**
 * `riffle-catalog publish` as a process of its own that a fault ends at a chosen store operation:
 * `FAULT=SIGKILL:7 node tests/publish/publisher-process.ts <folder> --store <folder>`. The process dies before the
 * operation reaches the store, except with `FAULT_AFTER=1`: then right after it did.
 */
import { createPublishCommand } from '../../src/catalog/cli/publish-command.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';

const [signal = '', operation = '0'] = (process.env['FAULT'] ?? '').split(':');
const isAfter = process.env['FAULT_AFTER'] === '1';
let operations = 0;

const strike = (): void => {
  if (signal !== '' && operations === Number(operation)) process.kill(process.pid, signal);
};

const watched = (store: ObjectStore): ObjectStore =>
  new Proxy(store, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: readonly unknown[]): unknown => {
        operations += 1;
        if (!isAfter) strike();
        const answer: unknown = Reflect.apply(member, target, parameters);
        if (!(answer instanceof Promise)) return answer;
        return answer.finally(() => {
          if (isAfter) strike();
        });
      };
    },
  });

process.on('exit', () => {
  process.stderr.write(`store operations: ${operations}\n`);
});
await createPublishCommand((location) => watched(openStore(location))).parseAsync(process.argv.slice(2), {
  from: 'user',
});
