/** Writes as fast as it can and says what was confirmed, until it is killed. */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { createAppendLog } from '../../src/main/storage/append-log.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { createSlottedDocument } from '../../src/main/storage/slotted-document.ts';
import { recordLog } from './silent-log.ts';

// What a process compiled it keeps at its end, and this one has none.
flushCompileCache();

const [folder = ''] = process.argv.slice(2);
const log = recordLog();
const document = createJsonDocument({ path: join(folder, 'document.json'), schema: z.unknown(), log });
const entries = createAppendLog({ path: join(folder, 'log.jsonl'), schema: z.unknown(), log });
const former = {
  path: join(folder, 'place.json'),
  document: createJsonDocument({ path: join(folder, 'place.json'), schema: z.unknown(), log }),
};
// A second goes by whenever somebody looks, so that each write is synced.
let nowMs = 0;
const clock = { now: () => (nowMs += 1_000), wait: async () => undefined };
const place = createSlottedDocument({
  path: join(folder, 'place.slots'),
  schema: z.unknown(),
  former,
  clock,
  log,
});
const padding = 'x'.repeat(20_000);

for (let count = 0; ; count += 1) {
  await document.write({ count, padding });
  await entries.append({ count, padding });
  await place.write({ count });
  process.stdout.write(`${count}\n`);
}
