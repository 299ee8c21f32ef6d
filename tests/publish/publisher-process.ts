/**
 * `riffle-catalog publish` as a process of its own that a fault ends at a chosen store operation:
 * `FAULT=SIGKILL:7 node tests/publish/publisher-process.ts <folder> --store <folder>`. The signal comes just before the
 * operation reaches the store, so all operations together are every step of a run.
 */
import { createPublishCommand } from '../../src/catalog/cli/publish-command.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';

const [signal = '', operation = '0'] = (process.env['FAULT'] ?? '').split(':');
let operations = 0;

const watched = (store: ObjectStore): ObjectStore =>
  new Proxy(store, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: readonly unknown[]): unknown => {
        operations += 1;
        if (signal !== '' && operations === Number(operation)) process.kill(process.pid, signal);
        return Reflect.apply(member, target, parameters);
      };
    },
  });

await createPublishCommand((location) => watched(openStore(location))).parseAsync(process.argv.slice(2), {
  from: 'user',
});
