import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { createSettings, storedSettingsSchema } from './settings.ts';

const openSettings = async (path: string) => {
  const told: Settings[] = [];
  const settings = await createSettings({
    document: createJsonDocument({ path, schema: storedSettingsSchema, log: recordLog() }),
    onChange: (value) => told.push(value),
  });
  return { settings, told };
};

describe('the settings', () => {
  it('are the defaults at first, and what was changed after a restart', async () => {
    const path = join(await temporaryFolder(), 'settings.json');
    const { settings, told } = await openSettings(path);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);

    await settings.change({ theme: 'dark', language: 'de' });

    const expected = { ...DEFAULT_SETTINGS, theme: 'dark', language: 'de' };
    expect(told).toEqual([expected]);
    expect((await openSettings(path)).settings.get()).toEqual(expected);
  });

  it('fall back one by one where a value makes no sense', async () => {
    const path = join(await temporaryFolder(), 'settings.json');
    await writeFile(path, JSON.stringify({ theme: 'plaid', density: 'compact', textSizePercent: 5 }));

    const { settings } = await openSettings(path);

    expect(settings.get()).toEqual({ ...DEFAULT_SETTINGS, density: 'compact' });
  });

  it('keep what another version wrote', async () => {
    const path = join(await temporaryFolder(), 'settings.json');
    await writeFile(path, JSON.stringify({ crossfadeMs: 4_000 }));
    const { settings } = await openSettings(path);

    await settings.change({ theme: 'light' });

    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ crossfadeMs: 4_000, theme: 'light' });
  });

  it('lose no change when two windows change different things at once', async () => {
    const { settings } = await openSettings(join(await temporaryFolder(), 'settings.json'));

    await Promise.all([settings.change({ theme: 'dark' }), settings.change({ density: 'roomy' })]);

    expect(settings.get()).toMatchObject({ theme: 'dark', density: 'roomy' });
  });

  it('stay as they were when they cannot be stored', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const { settings, told } = await openSettings(join(folder, 'elsewhere', 'settings.json'));
    await writeFile(join(folder, 'elsewhere'), 'a file where the folder must be');

    await expect(settings.change({ theme: 'dark' })).rejects.toMatchObject({ code: 'storage_failed' });

    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    expect(told).toEqual([]);
  });
});
