import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { createAppendLog } from './append-log.ts';

const open = async () => {
  const path = join(await temporaryFolder(), 'numbers.jsonl');
  return { path, entries: createAppendLog({ path, schema: z.number(), log: recordLog() }) };
};

describe('an append log', () => {
  it('keeps entries in the order they were added, also when nobody waited in between', async () => {
    const { entries } = await open();

    await Promise.all([1, 2, 3, 4].map((number) => entries.append(number)));

    expect(await entries.read()).toEqual([1, 2, 3, 4]);
  });

  it('leaves out a torn last line and does not let it swallow the next entry', async () => {
    const { entries, path } = await open();
    await entries.append(1);
    await appendFile(path, '[12');

    expect(await entries.read()).toEqual([1]);
    await entries.append(2);

    expect(await entries.read()).toEqual([1, 2]);
  });

  it('is replaced whole', async () => {
    const { entries, path } = await open();
    await entries.append(1);

    await entries.replace([7, 8]);

    expect(await readFile(path, 'utf8')).toBe('7\n8\n');
  });
});
