import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import type { SecretStore } from '../ports.ts';
import { createMemorySecrets } from '../secrets/memory-secrets.ts';
import { accountOf, claimKeyFolder, destroyAudioKey, openAudioKey, sweepLostKeys } from './audio-key.ts';

const story = async () => {
  const root = await temporaryFolder();
  const folder = join(root, 'audio');
  const profile = async (name: string) => {
    const dataFolder = join(root, name);
    await mkdir(dataFolder);
    const secrets = createMemorySecrets();
    const keep = async (account: string): Promise<string> => {
      const { id } = await openAudioKey(secrets, account);
      await claimKeyFolder(join(folder, id), { account, dataFolder });
      await writeFile(join(folder, id, 'audio'), 'sealed');
      return id;
    };
    const sweep = (store: SecretStore = secrets): Promise<void> =>
      sweepLostKeys({ folder, dataFolder, secrets: store, log: recordLog() });
    return { dataFolder, secrets, keep, sweep };
  };
  return { folder, profile, left: async () => (await readdir(folder)).sort() };
};

describe('the key of the audio', () => {
  it('is made once for each account, and never the same twice', async () => {
    const secrets = createMemorySecrets();
    const first = await openAudioKey(secrets, 'a');
    expect(await openAudioKey(secrets, 'a')).toEqual(first);
    expect((await openAudioKey(secrets, 'b')).id).not.toBe(first.id);
    await destroyAudioKey(secrets, 'a');
    expect((await openAudioKey(secrets, 'a')).id).not.toBe(first.id);
    expect(accountOf('https://one', 'me')).not.toBe(accountOf('https://two', 'me'));
  });

  it('is not made anew while the key store does not answer', async () => {
    const secrets: SecretStore = {
      ...createMemorySecrets(),
      read: async () => {
        throw new Error('locked');
      },
    };
    await expect(openAudioKey(secrets, 'a')).rejects.toMatchObject({ code: 'storage_failed' });
  });
});

describe('sweeping audio of lost keys', () => {
  it('leaves what another account or another profile can still open', async () => {
    const { folder, profile, left } = await story();
    const [one, two] = [await profile('one'), await profile('two')];
    const ids = [await one.keep('a'), await one.keep('b'), await two.keep('a')].sort();
    await mkdir(join(folder, 'somebody else’s'));

    await one.sweep();
    await two.sweep();

    expect(await left()).toEqual([...ids, 'somebody else’s'].sort());
  });

  it('removes what was sealed with a destroyed key, what a removed profile left, and what was once kept in clear', async () => {
    const { folder, profile, left } = await story();
    const [one, two] = [await profile('one'), await profile('two')];
    await one.keep('a');
    const kept = await one.keep('b');
    await two.keep('a');
    await mkdir(join(folder, 'a7'));
    await writeFile(join(folder, 'a7', 'f'.repeat(64)), 'ID3');
    await destroyAudioKey(one.secrets, 'a');
    await rm(two.dataFolder, { recursive: true });

    await one.sweep();

    expect(await left()).toEqual([kept]);
  });

  it('goes on with a folder whose removal was cut off, though nothing in it says any more whose it was', async () => {
    const { folder, profile, left } = await story();
    const one = await profile('one');
    const kept = await one.keep('a');
    await mkdir(join(folder, '0123456789abcdef.lost', 'a7'), { recursive: true });

    await one.sweep();

    expect(await left()).toEqual([kept]);
  });

  it('removes nothing while the key store does not answer', async () => {
    const { profile, left } = await story();
    const one = await profile('one');
    const id = await one.keep('a');
    await one.sweep({
      ...one.secrets,
      read: async () => {
        throw new Error('locked');
      },
    });
    expect(await left()).toEqual([id]);
  });
});
