import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/main/ports.ts';
import { createAddressBook } from '../../src/main/track-cache/address-book.ts';
import { createAudioFiles } from '../../src/main/track-cache/audio-files.ts';
import { startDownload } from '../../src/main/track-cache/download.ts';
import { createEdge, type AudioFile } from '../../src/main/track-cache/edge.ts';
import { followDownload } from '../../src/main/track-cache/follow.ts';
import { resumedBytes } from '../../src/main/track-cache/resumed-bytes.ts';
import { startOrigin } from './origin-server.ts';
import { recordLog } from './silent-log.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { audioBytes, sha256Of, trackIdFor } from './track-cache-fixture.ts';

/** Linux alone has a device that is always full; every write to it fails with the real ENOSPC. */
const FULL_DEVICE = '/dev/full';

describe('a disk that fills up while a track is fetched', () => {
  it.runIf(process.platform === 'linux')(
    'costs the listener nothing: the rest comes straight from the edge',
    async () => {
      const origin = await startOrigin();
      onTestFinished(() => origin.close());
      const audio = audioBytes(400_000);
      origin.put('/song', audio);
      const file: AudioFile = {
        trackId: trackIdFor('song'),
        sha256: sha256Of(audio),
        bytes: audio.byteLength,
        contentType: 'audio/flac',
      };
      const addresses = createAddressBook({
        clock: systemClock,
        resolve: async () => ({ ...file, url: origin.url('/song'), expiresAt: '2999-01-01T00:00:00.000Z' }),
      });
      const edge = createEdge({ addresses, fetch: globalThis.fetch });
      const folder = await temporaryFolder();
      const { signal } = new AbortController();

      const download = startDownload({
        file,
        temporary: { path: join(folder, 'never-written'), handle: await open(FULL_DEVICE, 'r+') },
        files: createAudioFiles({ folder, limitBytes: 1e9, clock: systemClock, log: recordLog() }),
        edge,
        clock: systemClock,
        signal,
        onKeepFailed: () => undefined,
      });
      const chunks: Uint8Array[] = [];
      const whole = { first: 0, last: audio.byteLength - 1 };
      const direct = (range: typeof whole) => resumedBytes({ edge, clock: systemClock }, file, range, signal);
      for await (const chunk of followDownload(download, whole, direct, systemClock, signal))
        chunks.push(chunk);
      await download.ended;

      expect(Buffer.compare(Buffer.concat(chunks), audio)).toBe(0);
      expect(download.state()).toMatchObject({ kind: 'failed', cause: { code: 'storage_failed' } });
      expect(download.state()).toMatchObject({ cause: { cause: { code: 'ENOSPC' } } });
    },
  );
});
