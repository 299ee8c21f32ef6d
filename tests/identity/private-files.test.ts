import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ACCOUNTS, KEYS_LOG } from '../../src/catalog/identity/identity-keys.ts';
import { revisionKey } from '../../src/catalog/segments/keys.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const options = { contentType: 'application/json' };

it.skipIf(process.platform === 'win32')(
  'in a folder, keys and passwords are files that nobody but the service reads',
  async () => {
    const root = await temporaryFolder();
    const store = createFolderStore({ root });
    const readers = async (key: string): Promise<string> =>
      ((await stat(join(root, key))).mode & 0o777).toString(8);
    const keys = revisionKey(KEYS_LOG, 1);
    const account = revisionKey(`${ACCOUNTS}someone`, 1);

    await store.create(keys, Buffer.from('{}'), options);
    await store.create(account, Buffer.from('{}'), options);
    await store.put(account, Buffer.from('{"changed":true}'), options);
    await store.put('audio/aa/music', Buffer.from('music'), options);

    expect([await readers(keys), await readers(account)]).toEqual(['600', '600']);
    expect(await readers('audio/aa/music')).not.toBe('600');
  },
);
