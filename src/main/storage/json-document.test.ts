import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HostFailure } from '../../contract/host-error.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { createJsonDocument } from './json-document.ts';

const schema = z.object({ count: z.number() });

const documentIn = (folder: string, log = recordLog()) => {
  const path = join(folder, 'deep', 'counter.json');
  return { path, log, document: createJsonDocument({ path, schema, log }) };
};

describe('a JSON document', () => {
  it('is null before it was ever written, and then what was written last', async () => {
    const { document } = documentIn(await temporaryFolder());

    expect(await document.read()).toBeNull();
    await document.write({ count: 1 });
    await document.write({ count: 2 });

    expect(await document.read()).toEqual({ count: 2 });
  });

  it('is on disk when the write resolves, with nothing beside it', async () => {
    const folder = await temporaryFolder();
    const { document, path } = documentIn(folder);

    await document.write({ count: 3 });

    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ count: 3 });
    expect(await readdir(join(folder, 'deep'))).toEqual(['counter.json']);
  });

  it('answers every waiting write, and ends with the newest value', async () => {
    const { document } = documentIn(await temporaryFolder());

    await Promise.all(Array.from({ length: 50 }, (_, count) => document.write({ count })));

    expect(await document.read()).toEqual({ count: 49 });
  });

  it.each([
    ['no JSON at all', '{"count":'],
    ['JSON of another shape', '{"count":"many"}'],
    ['an empty file, as some file systems leave after a power cut', ''],
  ])('sets %s aside, says so, and starts anew', async (_name, content) => {
    const folder = await temporaryFolder();
    const { document, path, log } = documentIn(folder);
    await document.write({ count: 0 });
    await writeFile(path, content);

    expect(await document.read()).toBeNull();

    expect(await readFile(`${path}.broken`, 'utf8')).toBe(content);
    expect(log.lines.map(({ message }) => message)).toEqual(['document set aside']);
    await document.write({ count: 4 });
    expect(await document.read()).toEqual({ count: 4 });
  });

  it('rejects with storage_failed when the disk does not let it, and works again when it does', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'deep'), 'a file where the folder must be');
    const { document } = documentIn(folder);

    const failure = await document.write({ count: 1 }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(HostFailure);
    expect(failure).toMatchObject({ code: 'storage_failed' });
  });
});
