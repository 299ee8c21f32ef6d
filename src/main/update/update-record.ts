import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isVersion } from '../../core/update/version.ts';
import { UPDATE_CHANNELS, type UpdateChannel } from '../../core/update/manifest.ts';
import type { Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';

const versionSchema = z.string().refine(isVersion);
const momentSchema = z.iso.datetime();

const recordSchema = z.object({
  /** Random, and of no other use than to have a place in roll-outs. Never sent anywhere. */
  installationId: z.uuid(),
  /** When the newest believed manifest of each channel was signed: an older one is a replay. */
  seen: z.object({ stable: momentSchema.nullable(), beta: momentSchema.nullable() }),
  /** Of which the last update was installed; null before the first. */
  installedFrom: z.enum(UPDATE_CHANNELS).nullable(),
  /** Did not start here, and are never offered again. */
  givenUp: z.array(versionSchema).max(50),
  rolledBack: z
    .object({ from: versionSchema, to: versionSchema, at: momentSchema, tries: z.int().min(1) })
    .nullable(),
});
export type UpdateRecord = Readonly<z.infer<typeof recordSchema>>;

export interface UpdateRecordKeeper {
  get(): UpdateRecord;
  /** On the disk when it resolves; rejects with `storage_failed`, and nothing has changed then. */
  change(changes: Partial<UpdateRecord>): Promise<void>;
  seen(channel: UpdateChannel, signedAt: string): Promise<void>;
}

/** What must not be forgotten about updates, in `update.json`. */
export const openUpdateRecord = async (path: string, log: Log): Promise<UpdateRecordKeeper> => {
  const document = createJsonDocument({ path, schema: recordSchema, log });
  const stored = await document.read();
  let record: UpdateRecord = stored ?? {
    installationId: randomUUID(),
    seen: { stable: null, beta: null },
    installedFrom: null,
    givenUp: [],
    rolledBack: null,
  };
  // A place in roll-outs that was another one with each start would let everybody in by and by.
  if (stored === null) await document.write(record);

  const change = async (changes: Partial<UpdateRecord>): Promise<void> => {
    const next = { ...record, ...changes };
    await document.write(next);
    record = next;
  };
  return {
    get: () => record,
    change,
    async seen(channel, signedAt) {
      if (record.seen[channel] === signedAt) return;
      await change({ seen: { ...record.seen, [channel]: signedAt } });
    },
  };
};
