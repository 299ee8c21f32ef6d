import { z } from 'zod';
import { settingsSchema, type Settings } from '../../contract/settings.ts';
import { createSequence } from '../../core/work/sequence.ts';
import type { JsonDocument } from '../storage/json-document.ts';

/** As stored: whatever an older or newer version wrote beside what this one knows is kept. */
export const storedSettingsSchema = z.record(z.string(), z.unknown());
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

export interface SettingsService {
  get(): Settings;
  /** The new value is on disk when this resolves; rejects with `storage_failed`, and nothing has changed then. */
  change(changes: Partial<Settings>): Promise<Settings>;
}

/** Owns the listener's settings. A single unusable value falls back to its default, the others stay. */
export const createSettings = async (options: {
  readonly document: JsonDocument<StoredSettings>;
  readonly onChange: (settings: Settings) => void;
}): Promise<SettingsService> => {
  const { document, onChange } = options;
  let stored: StoredSettings = (await document.read()) ?? {};
  let current: Settings = settingsSchema.parse(stored);
  const { inTurn } = createSequence();

  const apply = async (changes: Partial<Settings>): Promise<Settings> => {
    const next: Settings = { ...current, ...changes };
    const nextStored = { ...stored, ...next };
    await document.write(nextStored);
    stored = nextStored;
    current = next;
    onChange(next);
    return next;
  };

  return {
    get: () => current,
    change: (changes) => inTurn(() => apply(changes)),
  };
};
