/**
 * A process of its own for `folder-crash.test.ts`.
 * `create-race.ts race <root> <rounds>`: says `ready`, waits for a line, then tries to create each of some keys and says
 * which it won. `create-race.ts write <root>`: overwrites one object for ever, to be killed.
 */
import { once } from 'node:events';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';

const [, , mode, root = '', rounds = '0'] = process.argv;
const store = createFolderStore({ root });
const options = { contentType: 'text/plain' };

if (mode === 'race') {
  console.log('ready');
  await once(process.stdin, 'data');
  const won: number[] = [];
  for (let round = 0; round < Number(rounds); round++)
    if (await store.create(`races/${round}`, Buffer.from(`${process.pid} `.repeat(2000)), options))
      won.push(round);
  console.log(JSON.stringify(won));
  process.stdin.destroy();
} else {
  for (let version = 0; ; version++) {
    await store.put('contested', Buffer.alloc(2_000_000, version % 256), options);
    await store.create(`created/${version}`, Buffer.alloc(500_000, version % 256), options);
    if (version === 0) console.log('ready');
  }
}
