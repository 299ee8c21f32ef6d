import { join } from 'node:path';
import type { MediaAddress } from '../../contract/catalog-http.ts';
import type { HostStatus } from '../../contract/host-api.ts';
import type { Clock, Log } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { createAddressBook } from './address-book.ts';
import { createAudioFiles } from './audio-files.ts';
import type { ByteRange } from './byte-range.ts';
import { startDownload, type Download } from './download.ts';
import { toHostFailure } from './edge-failure.ts';
import { createEdge, type AudioFile } from './edge.ts';
import { followDownload, type DirectBytes } from './follow.ts';
import { readKept } from './read-kept.ts';
import { createReadings } from './readings.ts';
import { resumedBytes } from './resumed-bytes.ts';
import { startedStream } from './started-stream.ts';

export type CacheStats = HostStatus['cache'];

export interface TrackCache {
  /** What a track's audio is: from the disk, else from the service. Rejects with a `HostFailure`. */
  describe(trackId: string): Promise<AudioFile>;
  /**
   * The bytes of a range. Resolves when the first of them is there; rejects with a `HostFailure` if none can be had. The
   * stream fails when the rest cannot be had, never ends early.
   */
  read(file: AudioFile, range: ByteRange): Promise<ReadableStream<Uint8Array>>;
  stats(): CacheStats;
  /** Removes everything that is not being read. */
  clear(): Promise<void>;
  /** Ends downloads and readers; nothing stays open. */
  close(): Promise<void>;
}

export interface TrackCacheOptions {
  /** Holds nothing else; made when first needed. */
  readonly folder: string;
  readonly limitBytes: number;
  readonly resolve: (trackId: string) => Promise<MediaAddress>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
  readonly stallMs?: number;
}

/** After the disk failed, playback goes past it for this long before it is tried again. */
const DISK_PAUSE_MS = 60_000;

/**
 * Read-through cache of whole audio files, known by their SHA-256. A file that is not here is fetched once, from its first
 * byte, however many readers want it, and kept when its hash is right. The disk is a convenience: full or read-only, audio
 * is passed straight through.
 */
export const createTrackCache = (options: TrackCacheOptions): TrackCache => {
  const { clock, log, limitBytes, onChange } = options;
  const closing = new AbortController();
  const addresses = createAddressBook({ resolve: options.resolve, clock });
  const edge = createEdge({
    addresses,
    fetch: options.fetch,
    ...(options.stallMs === undefined ? {} : { stallMs: options.stallMs }),
  });
  const files = createAudioFiles({ folder: join(options.folder, 'audio'), limitBytes, clock, log });
  const downloads = new Map<string, Download>();
  const starting = new Map<string, Promise<Download | null>>();
  const readings = createReadings();
  const comparedThisRun = new Set<string>();
  let failure: string | null = null;
  let diskPausedUntilMs = 0;

  const isInUse = (sha256: string): boolean =>
    readings.isRead(sha256) || downloads.has(sha256) || starting.has(sha256);

  const diskFailed = (error: unknown): void => {
    diskPausedUntilMs = clock.now() + DISK_PAUSE_MS;
    failure = systemErrorCode(error) ?? 'unknown';
    log.warn('audio cache cannot be written, playing past it', { failure });
    onChange();
  };

  const diskWorked = (): void => {
    failure = null;
    onChange();
  };

  /** Null when the file cannot be kept: too large, no room, or no writable disk. */
  const begin = async (file: AudioFile): Promise<Download | null> => {
    if (clock.now() < diskPausedUntilMs) return null;
    try {
      const arriving = Array.from(downloads.values()).reduce((sum, { file: { bytes } }) => sum + bytes, 0);
      if (!(await files.makeRoom(arriving + file.bytes, isInUse))) return null;
      const temporary = await files.openNew(file);
      const download = startDownload({
        file,
        temporary,
        files,
        edge,
        clock,
        signal: closing.signal,
        onKeepFailed: diskFailed,
      });
      downloads.set(file.sha256, download);
      void finish(download);
      return download;
    } catch (error) {
      diskFailed(error);
      return null;
    }
  };

  const finish = async (download: Download): Promise<void> => {
    await download.ended;
    downloads.delete(download.file.sha256);
    const state = download.state();
    if (state.kind !== 'failed') {
      if (await files.has(download.file.sha256)) diskWorked();
      return;
    }
    const cause = toHostFailure(state.cause);
    if (cause.code === 'storage_failed') diskFailed(cause);
    else if (cause.code !== 'cancelled')
      log.warn('audio not fetched', { trackId: download.file.trackId, cause });
  };

  /** One download a file, also while its start is under way. */
  const downloadOf = (file: AudioFile): Promise<Download | null> => {
    const running = downloads.get(file.sha256);
    if (running !== undefined) return Promise.resolve(running);
    const already = starting.get(file.sha256);
    if (already !== undefined) return already;
    const started = begin(file).finally(() => starting.delete(file.sha256));
    starting.set(file.sha256, started);
    return started;
  };

  async function* bytesOf(
    file: AudioFile,
    range: ByteRange,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void> {
    const direct: DirectBytes = (part) => resumedBytes({ edge, clock }, file, part, signal);
    const handle = await files.openKept(file.sha256).catch((error: unknown) => {
      diskFailed(error);
      return null;
    });
    if (handle !== null) {
      yield* readKept(handle, range);
      return;
    }
    const download = await downloadOf(file);
    yield* download === null ? direct(range) : followDownload(download, range, direct, clock, signal);
  }

  /** Once a run, behind the music: whether the track still plays what is kept of it. */
  const compareWithCatalog = async (file: AudioFile): Promise<void> => {
    if (comparedThisRun.has(file.trackId)) return;
    comparedThisRun.add(file.trackId);
    try {
      const address = await addresses.get(file.trackId);
      if (address.sha256 !== file.sha256) await files.forgetTrack(file.trackId);
    } catch (error) {
      // No service now: what is kept plays on, and the next time it is asked again.
      comparedThisRun.delete(file.trackId);
      log.info('kept audio not compared with the catalog', { trackId: file.trackId, error });
    }
  };

  return {
    async describe(trackId) {
      const kept = await files.find(trackId);
      if (kept !== null) {
        void compareWithCatalog(kept);
        return kept;
      }
      const { sha256, bytes, contentType } = await addresses.get(trackId);
      const file: AudioFile = { trackId, sha256, bytes, contentType };
      if (await files.has(sha256)) {
        await files.addTrack(file).catch(diskFailed);
      }
      return file;
    },

    async read(file, range) {
      const reader = new AbortController();
      const signal = AbortSignal.any([reader.signal, closing.signal]);
      const bytes = bytesOf(file, range, signal);
      const leave = readings.enter(file.sha256, () => bytes.return());
      try {
        return await startedStream(bytes, range.last + 1 - range.first, {
          abort: () => reader.abort(),
          ended: leave,
        });
      } catch (error) {
        throw toHostFailure(error);
      }
    },

    stats: () => ({ ...files.totals(), limitBytes, failure }),

    async clear() {
      await files.removeAll(isInUse);
      onChange();
    },

    async close() {
      closing.abort();
      await Promise.all(starting.values());
      await Promise.all(Array.from(downloads.values(), (download) => download.ended));
      await readings.stopAll();
    },
  };
};
