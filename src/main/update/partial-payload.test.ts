import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { createPartialPayload, type PartialPayload } from './partial-payload.ts';

const file = (letter: string, sizeBytes = 10) => ({ sizeBytes, sha512: `${letter.repeat(86)}==` });

/** What there is of it; whatever is given comes after it. */
const look = async (
  partial: PartialPayload,
  wanted: ReturnType<typeof file>,
  more = '',
): Promise<string | null> => {
  const opened = await partial.open(wanted);
  if (opened === null) return null;
  const text = Buffer.concat(await Array.fromAsync(opened.read())).toString();
  expect(opened.bytes).toBe(text.length);
  if (more !== '') await opened.append(Buffer.from(more));
  await opened.close();
  return text;
};

describe('what came of a payload', () => {
  it('is there the next time, and grows', async () => {
    const folder = join(await temporaryFolder(), 'updates');
    const open = () => createPartialPayload(folder, recordLog());
    expect(await look(open(), file('A'), 'one ')).toBe('');
    expect(await look(open(), file('A'), 'two')).toBe('one ');
    expect(await look(open(), file('A'))).toBe('one two');
  });

  it('is forgotten for another file, and when it is told to', async () => {
    const folder = await temporaryFolder();
    const partial = createPartialPayload(folder, recordLog());
    await writeFile(join(folder, '1.0.0.appimage'), 'kept');
    await look(partial, file('A'), 'one');
    expect(await look(partial, file('B'), 'two')).toBe('');
    expect(await look(partial, file('A'), 'one')).toBe('');
    await partial.forget();
    expect(await readdir(folder)).toEqual(['1.0.0.appimage']);
  });

  it('is nothing when it is more than the whole', async () => {
    const partial = createPartialPayload(await temporaryFolder(), recordLog());
    await look(partial, file('A'), 'far too much of it');
    expect(await look(partial, file('A'), 'one')).toBe('');
    expect(await look(partial, file('A'))).toBe('one');
  });

  it('keeps nothing where it cannot, and says so in the log', async () => {
    const folder = join(await temporaryFolder(), 'file');
    await writeFile(folder, '');
    const log = recordLog();
    const partial = createPartialPayload(folder, log);
    expect(await look(partial, file('A'))).toBeNull();
    await partial.forget();
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
  });
});
