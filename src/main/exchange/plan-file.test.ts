import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { trackOf } from '../../core/exchange/exchange.ts';
import type { StoredPlan } from './import-entries.ts';
import { createPlanFile } from './plan-file.ts';

const planOf = (rows: number): StoredPlan => ({
  id: `plan of ${rows}`,
  lists: [{ kind: 'playlist', name: 'Am Wasser', description: '' }],
  rows: Array.from({ length: rows }, (_, row) => ({ list: 0, wanted: trackOf({ title: `Wörter ${row}` }) })),
});
const open = async () => {
  const folder = await temporaryFolder();
  return { folder, file: createPlanFile({ folder, log: recordLog() }) };
};

describe('the plan of an import', () => {
  it('is kept and replaced whole, however many rows it has', async () => {
    const { file, folder } = await open();
    expect(await file.read()).toBeNull();
    await file.write(planOf(1_234));
    expect(await file.read()).toEqual(planOf(1_234));
    // No line is longer than what is read in a moment.
    const lines = (await readFile(join(folder, 'plan.jsonl'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1 + Math.ceil(1_234 / 500));
    await file.write(planOf(0));
    expect(await file.read()).toEqual(planOf(0));
  });

  it('is none when part of it cannot be read: rows would be taken for others', async () => {
    const { file, folder } = await open();
    await file.write(planOf(1_234));
    const path = join(folder, 'plan.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.with(2, 'garbled').join('\n'));
    expect(await file.read()).toBeNull();
  });

  it('is read where it was kept before, until another is written', async () => {
    const { file, folder } = await open();
    await writeFile(join(folder, 'plan.json'), JSON.stringify(planOf(3)));
    expect(await file.read()).toEqual(planOf(3));
    await file.write(planOf(2));
    expect(await file.read()).toEqual(planOf(2));
    await expect(readFile(join(folder, 'plan.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
