import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HostFailure } from '../../src/contract/host-error.ts';
import { systemClock } from '../../src/main/ports.ts';
import { createTrackCache } from '../../src/main/track-cache/track-cache.ts';
import { startOrigin, type OriginServer } from './origin-server.ts';
import { recordLog } from './silent-log.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { audioBytes, trackIdFor } from './track-cache-fixture.ts';

const KILLS = 8;
const TRACKS = 60;
const BYTES = 300_000;
const TARGET = fileURLToPath(new URL('./cache-kill-target.ts', import.meta.url));

const trackIds = Array.from({ length: TRACKS }, (_, count) =>
  trackIdFor(`t${String(count).padStart(3, '0')}x`),
);
const audioOf = (trackId: string): Uint8Array => audioBytes(BYTES, 1 + Number(trackId.slice(1, 4)));

/** Kills it in the middle of the request that follows so many others. */
const fetchAndKill = async (folder: string, origin: OriginServer, requests: number): Promise<string[]> => {
  const already = origin.requests.length;
  const target = spawn(process.execPath, [TARGET, folder, origin.url('/'), String(BYTES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(target, 'exit');
  let said = '';
  target.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (origin.requests.length - already >= requests) target.kill('SIGKILL');
  });
  await exited;
  return said.split('\n').filter((line) => line.length === 20);
};

describe('a process killed while it fetches music', () => {
  it(`leaves every track absent or byte-perfect, ${KILLS} times over`, async () => {
    const origin = await startOrigin();
    onTestFinished(() => origin.close());
    for (const trackId of trackIds) origin.put(`/${trackId}`, audioOf(trackId));

    for (let kill = 0; kill < KILLS; kill += 1) {
      const folder = await temporaryFolder();
      const confirmed = await fetchAndKill(folder, origin, 1 + 2 * kill);
      const cache = createTrackCache({
        folder,
        limitBytes: 1e9,
        fetch: globalThis.fetch,
        clock: systemClock,
        log: recordLog(),
        onChange: () => undefined,
        resolve: async () => {
          throw new HostFailure('offline', 'what is not kept cannot be had');
        },
      });

      const kept = new Set<string>();
      for (const trackId of trackIds) {
        const file = await cache.describe(trackId).catch(() => null);
        if (file === null) continue;
        kept.add(trackId);
        const body = await cache.read(file, { first: 0, last: file.bytes - 1 });
        const bytes = await new Response(body).bytes();
        expect(Buffer.compare(bytes, audioOf(trackId))).toBe(0);
      }
      expect(confirmed.filter((trackId) => !kept.has(trackId))).toEqual([]);
      await cache.close();
    }
  });
});
