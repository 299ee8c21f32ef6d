import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../src/main/ports.ts';

/** What the host relies on, whatever keeps the secrets. `open` gives the same secrets again each time it is called. */
export const secretStoreContract = (name: string, openStore: () => Promise<() => SecretStore>): void => {
  describe(`secrets kept in ${name}`, () => {
    it('are read as they were written, in any script and of any length', async () => {
      const store = (await openStore())();
      for (const value of ['', 'k', 'grüße 🎧\n\0 end', 'x'.repeat(100_000)]) {
        await store.write('audio-key', value);
        expect(await store.read('audio-key')).toBe(value);
      }
    });

    it('are told apart by name, and absent is null', async () => {
      const store = (await openStore())();
      expect(await store.read('audio-key')).toBeNull();
      await store.write('audio-key', 'one');
      await store.write('refresh-token', 'two');
      expect(await store.read('audio-key')).toBe('one');
      expect(await store.read('refresh-token')).toBe('two');
      await store.remove('audio-key');
      expect(await store.read('audio-key')).toBeNull();
      expect(await store.read('refresh-token')).toBe('two');
    });

    it('may be removed twice, and written again', async () => {
      const store = (await openStore())();
      await store.remove('audio-key');
      await store.write('audio-key', 'old');
      await store.remove('audio-key');
      await store.remove('audio-key');
      await store.write('audio-key', 'new');
      expect(await store.read('audio-key')).toBe('new');
    });

    it('hold what was said last when much is said at once', async () => {
      const store = (await openStore())();
      await Promise.all([
        ...Array.from({ length: 20 }, (_, count) => store.write('audio-key', `value ${count}`)),
        store.remove('audio-key'),
        store.write('audio-key', 'last'),
        store.read('audio-key'),
      ]);
      expect(await store.read('audio-key')).toBe('last');
    });

    it('have names that cannot leave the folder', async () => {
      const store = (await openStore())();
      for (const bad of [
        '',
        '.',
        '..',
        '../up',
        'a/b',
        'a\\b',
        'C:x',
        'Upper',
        'a.tmp',
        'nul\0',
        'a'.repeat(65),
      ]) {
        await expect(store.read(bad)).rejects.toMatchObject({ code: 'invalid_argument' });
        await expect(store.write(bad, 'value')).rejects.toMatchObject({ code: 'invalid_argument' });
        await expect(store.remove(bad)).rejects.toMatchObject({ code: 'invalid_argument' });
      }
    });
  });
};
