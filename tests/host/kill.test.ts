import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/main/ports.ts';
import { createAppendLog } from '../../src/main/storage/append-log.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { createSlottedDocument } from '../../src/main/storage/slotted-document.ts';
import { sweepAbandoned } from '../../src/main/storage/temporary-file.ts';
import { recordLog } from './silent-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

const KILLS = 12;
const schema = z.object({ count: z.number(), padding: z.string().length(20_000) });

/** Runs the writer until it has confirmed so many, and kills it a moment later. Gives the last number it confirmed. */
const writeAndKill = async (folder: string, confirmations: number): Promise<number> => {
  const writer = spawn(
    process.execPath,
    [fileURLToPath(new URL('./kill-target.ts', import.meta.url)), folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(writer, 'exit');
  let said = '';
  for await (const chunk of writer.stdout) {
    said += String(chunk);
    if (said.split('\n').length > confirmations) writer.kill('SIGKILL');
  }
  await exited;
  const confirmed = said.split('\n').slice(0, -1);
  return Number(confirmed.at(-1));
};

describe('a process killed while it writes', () => {
  it(`has lost nothing it confirmed, ${KILLS} times over`, async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const folder = await temporaryFolder();
      const confirmed = await writeAndKill(folder, 1 + kill * 3);
      const log = recordLog();
      await sweepAbandoned(folder, log);
      expect((await readdir(folder)).sort()).toEqual(['document.json', 'log.jsonl', 'place.slots']);

      const document = createJsonDocument({ path: join(folder, 'document.json'), schema, log });
      expect((await document.read())?.count).toBeGreaterThanOrEqual(confirmed);

      const formerPath = join(folder, 'place.json');
      const place = createSlottedDocument({
        path: join(folder, 'place.slots'),
        schema: z.object({ count: z.number() }),
        former: {
          path: formerPath,
          document: createJsonDocument({ path: formerPath, schema: z.object({ count: z.number() }), log }),
        },
        clock: systemClock,
        log,
      });
      expect((await place.read())?.count).toBeGreaterThanOrEqual(confirmed);

      const entries = await createAppendLog({ path: join(folder, 'log.jsonl'), schema, log }).read();
      expect(entries.length).toBeGreaterThanOrEqual(confirmed + 1);
      expect(entries.map(({ count }) => count)).toEqual(entries.map((_, index) => index));
    }
  });
});
