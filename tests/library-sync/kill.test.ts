import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { deviceDocumentSchema, openDevice } from '../../src/main/library/device.ts';
import { createLibraryFiles } from '../../src/main/library/library-files.ts';
import { openLibrary, type Library } from '../../src/main/library/library.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const KILLS = 6;
const PLAYLIST = 'p'.repeat(20);

/** Runs the writer until it has confirmed so many, and kills it at once. Gives the last that it confirmed. */
const writeAndKill = async (folder: string, confirmations: number): Promise<number> => {
  const writer = spawn(
    process.execPath,
    [fileURLToPath(new URL('./kill-target.ts', import.meta.url)), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(writer, 'exit');
  let said = '';
  for await (const chunk of writer.stdout) {
    said += String(chunk);
    if (said.split('\n').length > confirmations) writer.kill('SIGKILL');
  }
  await exited;
  return Number(said.split('\n').at(-2));
};

const reopened = async (folder: string): Promise<Library> => {
  const log = recordLog();
  const document = createJsonDocument({
    path: join(folder, 'device.json'),
    schema: deviceDocumentSchema,
    log,
  });
  const device = await openDevice({ document, now: Date.now });
  const files = createLibraryFiles({ folder, log });
  return openLibrary({ files, device, userId: 'lene', isSynced: true, onChange: () => undefined, log });
};

describe('a library whose process is killed while it writes', { timeout: 60_000 }, () => {
  it(`has everything that was confirmed, whole changes only, ${KILLS} times over one folder`, async () => {
    const folder = await temporaryFolder();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const confirmed = await writeAndKill(folder, 1 + kill * 2);
      const library = await reopened(folder);
      const saved = library.documents.saved();
      const playlist = library.documents.playlist(PLAYLIST);
      const items = [...(playlist?.replica().view().items ?? [])].map(({ trackId }) => trackId);
      expect(items.length).toBeGreaterThanOrEqual(confirmed + 1);
      expect(saved.replica().list('track').length).toBe(items.length);
      expect(items).toEqual(items.toSorted());
      // All of it still waits to be sent, in order.
      const stamps = saved.nextToSend().map(({ stamp }) => stamp);
      expect(stamps).toHaveLength(items.length);
      expect(stamps).toEqual(stamps.toSorted());
      expect(playlist?.waiting()).toBe(items.length + 1);
    }
  });
});
