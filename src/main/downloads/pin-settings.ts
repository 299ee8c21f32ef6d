import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';

/** What the listener set beside the pins themselves. Small, so that pausing and moving cost a few bytes; its loss loses no music. */
const pinSettingsSchema = z.object({
  isPaused: z.boolean(),
  /** Keys of pins paused by themselves, perhaps of pins that are no more. */
  paused: z.array(z.string()).readonly(),
  /** Keys in the order of fetching, perhaps of pins that are no more; pins that are not named come after, by when they were added. */
  order: z.array(z.string()).readonly(),
  /** When the catalog was last asked about each, in milliseconds since the epoch. */
  checked: z.record(z.string(), z.number()).readonly(),
});
export type PinSettings = Readonly<z.infer<typeof pinSettingsSchema>>;

export interface PinSettingsFile {
  get(): PinSettings;
  /** On the disk when it resolves; rejects with `storage_failed`, and nothing has changed then. */
  change(changes: Partial<PinSettings>): Promise<void>;
}

/** Calls of `change` must not overlap. */
export const openPinSettings = async (options: {
  readonly folder: string;
  readonly log: Log;
}): Promise<PinSettingsFile> => {
  const { folder, log } = options;
  const document = createJsonDocument({
    path: join(folder, 'downloads.json'),
    schema: pinSettingsSchema,
    log,
  });
  let current: PinSettings = { isPaused: false, paused: [], order: [], checked: {} };
  try {
    current = (await document.read()) ?? current;
  } catch (error) {
    log.error('order of kept music could not be read', { error });
  }
  return {
    get: () => current,
    async change(changes) {
      const next = { ...current, ...changes };
      await document.write(next);
      current = next;
    },
  };
};
