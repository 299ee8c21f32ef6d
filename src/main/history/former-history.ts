import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { trackSchema } from '../../contract/catalog-http.ts';
import type { Log } from '../ports.ts';
import { createAppendLog } from '../storage/append-log.ts';
import type { NewPlay } from './play-rows.ts';

const lineSchema = z.object({ track: trackSchema, playedAt: z.iso.datetime() });
/** What was known of them is that they counted. */
const LEAST_HEARD_MS = 30_000;

/** Takes over what earlier versions wrote, line by line; killed meanwhile, it is done again, and nothing stands twice. */
export const takeFormerHistory = async (options: {
  readonly path: string;
  readonly newId: () => string;
  readonly add: (plays: readonly NewPlay[]) => void;
  readonly log: Log;
}): Promise<void> => {
  const { path, newId, add, log } = options;
  const lines = await createAppendLog({ path, schema: lineSchema, log }).read();
  if (lines.length > 0)
    add(
      lines.map(({ track, playedAt }, index) => ({
        id: newId(),
        track,
        beganMs: Date.parse(playedAt),
        heardMs: Math.min(track.durationMs, LEAST_HEARD_MS),
        listening: `former:${playedAt}:${index}`,
      })),
    );
  await rm(path, { force: true });
};
