import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HostFailure } from '../../src/contract/host-error.ts';
import { deviceDocumentSchema, openDevice } from '../../src/main/library/device.ts';
import { createLibraryFiles } from '../../src/main/library/library-files.ts';
import { openLibrary } from '../../src/main/library/library.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { trackIdFor } from '../host/track-cache-fixture.ts';

it('a change that the disk does not take has not happened, and the next one is as if it had never been', async () => {
  const folder = await temporaryFolder();
  const log = recordLog();
  const document = createJsonDocument({
    path: join(folder, 'device.json'),
    schema: deviceDocumentSchema,
    log,
  });
  const device = await openDevice({ document, now: Date.now });
  const files = createLibraryFiles({ folder, log });
  let isFull = false;
  const library = await openLibrary({
    files: {
      ...files,
      append: (changes) =>
        isFull
          ? Promise.reject(new HostFailure('storage_failed', 'the disk is full'))
          : files.append(changes),
    },
    device,
    userId: 'lene',
    isSynced: true,
    onChange: () => undefined,
    log,
  });
  const save = (name: string) =>
    library.change([
      { kind: 'saved', edits: [{ type: 'save', kind: 'track', items: [{ id: trackIdFor(name) }] }] },
    ]);
  const saved = (): readonly string[] =>
    [...library.documents.saved().replica().list('track')].map(({ id }) => id).sort();

  await save('one');
  isFull = true;
  await expect(save('two')).rejects.toMatchObject({ code: 'storage_failed' });
  expect(saved()).toEqual([trackIdFor('one')]);
  expect(library.documents.saved().waiting()).toBe(1);
  isFull = false;
  const { undo } = await save('three');
  expect(saved()).toEqual([trackIdFor('one'), trackIdFor('three')]);
  await library.undo(undo ?? '');
  expect(saved()).toEqual([trackIdFor('one')]);
});
