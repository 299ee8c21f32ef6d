import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEncryptedSecrets, type TextCipher } from '../../src/main/secrets/encrypted-secrets.ts';
import { createFileSecrets } from '../../src/main/secrets/file-secrets.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { hasTrustedKeyStore } from '../../src/main/secrets/secret-persistence.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { secretStoreContract } from './secret-store.contract.ts';

interface KeyStore extends TextCipher {
  /** What was encrypted until now can still be read, but is to be encrypted anew. */
  changeKey(): void;
  lock(): void;
  unlock(): void;
}

/** As the system's: authenticated encryption under keys of its own, and sometimes locked. */
const openKeyStore = (): KeyStore => {
  const keys = [randomBytes(32)];
  let isLocked = false;
  const requireOpen = (): void => {
    if (isLocked) throw new Error('the keychain is locked');
  };
  return {
    changeKey: () => keys.push(randomBytes(32)),
    lock: () => {
      isLocked = true;
    },
    unlock: () => {
      isLocked = false;
    },
    async encrypt(text) {
      requireOpen();
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys.at(-1) ?? '', nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([keys.length - 1]), nonce, cipher.getAuthTag(), sealed]);
    },
    async decrypt(encrypted) {
      requireOpen();
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keys[encrypted[0] ?? 0] ?? '',
        encrypted.subarray(1, 13),
      );
      decipher.setAuthTag(encrypted.subarray(13, 29));
      const text = Buffer.concat([decipher.update(encrypted.subarray(29)), decipher.final()]).toString(
        'utf8',
      );
      return { text, isStale: encrypted[0] !== keys.length - 1 };
    },
  };
};

secretStoreContract('files', async () => {
  const folder = join(await temporaryFolder(), 'secrets');
  return () => createFileSecrets({ folder, log: recordLog() });
});
secretStoreContract('memory', async () => createMemorySecrets);
secretStoreContract('files that a key store encrypts', async () => {
  const folder = join(await temporaryFolder(), 'secrets');
  const cipher = openKeyStore();
  return () => createEncryptedSecrets({ folder, cipher, log: recordLog() });
});

const setUp = async () => {
  const folder = join(await temporaryFolder(), 'data', 'secrets');
  const log = recordLog();
  return { folder, log };
};

describe('secrets in files', () => {
  it('outlive the app, and the way they are kept is said', async () => {
    const { folder, log } = await setUp();
    await createFileSecrets({ folder, log }).write('audio-key', 'kept');
    const next = createFileSecrets({ folder, log });
    expect(await next.read('audio-key')).toBe('kept');
    expect(next.persistence).toBe('file');
    expect(createMemorySecrets().persistence).toBe('memory');
  });

  it.skipIf(process.platform === 'win32')('are for nobody but this user', async () => {
    const { folder, log } = await setUp();
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
    await createFileSecrets({ folder, log }).write('audio-key', 'kept');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'audio-key'))).mode & 0o777).toBe(0o600);
  });

  it('leave nothing behind when removed, not even what a killed write left', async () => {
    const { folder, log } = await setUp();
    const store = createFileSecrets({ folder, log });
    await store.write('audio-key', 'kept');
    // Of a process that is gone.
    await writeFile(join(folder, 'audio-key.999999999-0123456789ab-1.tmp'), 'kept');
    await store.remove('audio-key');
    expect(await readdir(folder)).toEqual([]);
  });

  it('reject when the disk does not let them, instead of answering that there is none', async () => {
    const { folder, log } = await setUp();
    const store = createFileSecrets({ folder, log });
    await mkdir(join(folder, 'audio-key'), { recursive: true });
    await expect(store.read('audio-key')).rejects.toMatchObject({ code: 'storage_failed' });
    await expect(store.write('audio-key', 'new')).rejects.toMatchObject({ code: 'storage_failed' });
    await expect(store.remove('audio-key')).rejects.toMatchObject({ code: 'storage_failed' });
  });

  it('can be read again after one call has failed', async () => {
    const { folder, log } = await setUp();
    const store = createFileSecrets({ folder, log });
    await mkdir(join(folder, 'broken'), { recursive: true });
    await expect(store.read('broken')).rejects.toMatchObject({ code: 'storage_failed' });
    await store.write('audio-key', 'new');
    expect(await store.read('audio-key')).toBe('new');
  });
});

describe('secrets that the system encrypts', () => {
  it('do not stand in the file, nor in the log', async () => {
    const { folder, log } = await setUp();
    const store = createEncryptedSecrets({ folder, log, cipher: openKeyStore() });
    await store.write('audio-key', 'a very secret secret');
    expect((await readFile(join(folder, 'audio-key'))).includes('secret')).toBe(false);
    expect(store.persistence).toBe('system');
  });

  it('are not lost while the key store does not answer', async () => {
    const { folder, log } = await setUp();
    const cipher = openKeyStore();
    const store = createEncryptedSecrets({ folder, log, cipher });
    await store.write('audio-key', 'kept');
    cipher.lock();
    await expect(store.read('audio-key')).rejects.toMatchObject({ code: 'storage_failed' });
    await expect(store.write('audio-key', 'other')).rejects.toMatchObject({ code: 'storage_failed' });
    // What is not there needs no key store to be known as absent.
    expect(await store.read('other-key')).toBeNull();
    cipher.unlock();
    expect(await store.read('audio-key')).toBe('kept');
  });

  it('reject when another key store encrypted them, and the file stays', async () => {
    const { folder, log } = await setUp();
    await createEncryptedSecrets({ folder, log, cipher: openKeyStore() }).write('audio-key', 'kept');
    const before = await readFile(join(folder, 'audio-key'));
    const other = createEncryptedSecrets({ folder, log, cipher: openKeyStore() });
    await expect(other.read('audio-key')).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await readFile(join(folder, 'audio-key'))).toEqual(before);
  });

  it('are encrypted anew when the key store has a new key', async () => {
    const { folder, log } = await setUp();
    const cipher = openKeyStore();
    const store = createEncryptedSecrets({ folder, log, cipher });
    await store.write('audio-key', 'kept');
    cipher.changeKey();
    expect(await store.read('audio-key')).toBe('kept');
    expect((await readFile(join(folder, 'audio-key')))[0]).toBe(1);
    expect(await store.read('audio-key')).toBe('kept');
  });

  it('can be read even when they cannot be encrypted anew now', async () => {
    const { folder, log } = await setUp();
    const cipher = openKeyStore();
    const stubborn: TextCipher = {
      decrypt: (encrypted) => cipher.decrypt(encrypted),
      encrypt: async () => {
        throw new Error('not now');
      },
    };
    await createEncryptedSecrets({ folder, log, cipher }).write('audio-key', 'kept');
    cipher.changeKey();
    const store = createEncryptedSecrets({ folder, log, cipher: stubborn });
    expect(await store.read('audio-key')).toBe('kept');
    expect(log.lines.map(({ message }) => message)).toEqual(['a secret could not be encrypted anew']);
    expect(JSON.stringify(log.lines)).not.toContain('kept');
  });
});

describe('a system’s key store', () => {
  it('is trusted unless it is a password that everybody knows', () => {
    expect(hasTrustedKeyStore('darwin', null)).toBe(true);
    expect(hasTrustedKeyStore('win32', null)).toBe(true);
    expect(hasTrustedKeyStore('linux', 'gnome_libsecret')).toBe(true);
    expect(hasTrustedKeyStore('linux', 'kwallet6')).toBe(true);
    expect(hasTrustedKeyStore('linux', 'basic_text')).toBe(false);
    expect(hasTrustedKeyStore('linux', 'unknown')).toBe(false);
    expect(hasTrustedKeyStore('linux', null)).toBe(false);
  });
});
