/** Moves a cache to and fro between two folders, and says at every step how far it is, until it is killed. */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheLocationSchema, createCacheLocation } from '../../src/main/storage/cache-location.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { moveCache } from '../../src/main/storage/move-cache.ts';
import { recordLog } from '../host/silent-log.ts';

// What a process compiled it keeps at its end, and this one has none.
flushCompileCache();

const [root = ''] = process.argv.slice(2);
const log = recordLog();
const location = await createCacheLocation({
  document: createJsonDocument({ path: join(root, 'location.json'), schema: cacheLocationSchema, log }),
  defaultFolder: join(root, 'default'),
  log,
});
const chosen = [join(root, 'one'), join(root, 'two')] as const;

for (;;) {
  const next = location.folder().startsWith(chosen[0]) ? chosen[1] : chosen[0];
  await moveCache({
    location,
    chosen: next,
    signal: new AbortController().signal,
    onProgress: () => process.stdout.write('copied\n'),
    log,
  });
  process.stdout.write('moved\n');
  await location.finish();
}
