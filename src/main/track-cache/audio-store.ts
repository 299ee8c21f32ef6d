import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Track } from '../../contract/catalog-http.ts';
import type { Clock, Log } from '../ports.ts';
import { removeFile, renameDurably } from '../storage/durable-file.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import type { AudioKey } from './audio-key.ts';
import type { HoldingsChange, TrackLookup } from './cache-contract.ts';
import type { AudioFile } from './edge.ts';
import { openEntryIndex, type Entry, type EntryIndex } from './entry-index.ts';
import { createEntryTable } from './entry-table.ts';
import { createNoteFiles, entryFrom } from './note-files.ts';
import { scanFolder } from './scan-folder.ts';
import { createArrivingFile, reopenArrivingFile, type ArrivingFile } from './sealed-audio/arriving-file.ts';
import { HEADER_BYTES, sealedLength, type SealingKeys } from './sealed-audio/chunked-encryption.ts';
import { DamagedAudio, readKeys } from './sealed-audio/sealed-reading.ts';
import { createTurns } from './turns.ts';

/** A file that is being fetched, to be ended by `adopt`, `putDown` or `discard`. */
export interface OpenArrival {
  readonly file: AudioFile;
  readonly arriving: ArrivingFile;
  /** The entity tag under which what is there was fetched; null for a new one. */
  readonly etag: string | null;
}

export interface OpenAudio {
  readonly handle: FileHandle;
  readonly keys: SealingKeys;
  /** Whether it is still what lies there under this name: it may have been removed, and fetched again, while it was read. */
  isCurrent(): boolean;
}

/** Notes are about this long; counted ahead, so that the limits hold for them too. */
export const NOTE_BYTES = 4_096;

export interface AudioStore {
  readonly ready: Promise<void>;
  entries(): Iterable<Entry>;
  entry(sha256: string): Entry | null;
  /** The file a track plays, whole or in part. */
  entryOf(trackId: string): Entry | null;
  fileOf(trackId: string, entry: Entry): AudioFile;
  /** For reading; counts as a use. Null when it is not here whole, or not what was written: then it is removed. */
  openWhole(sha256: string): Promise<OpenAudio | null>;
  /** Goes on with what is here of a file, or begins it. */
  openArrival(file: AudioFile): Promise<OpenArrival>;
  /** Durably says under which entity tag it is fetched; before any byte of it is written. */
  noteEtag(arrival: OpenArrival, etag: string | null): Promise<void>;
  /** Takes in a whole, checked file: synced, renamed, remembered. */
  adopt(arrival: OpenArrival): Promise<void>;
  /** Leaves a part for the next time. */
  putDown(arrival: OpenArrival): Promise<void>;
  discard(arrival: OpenArrival): Promise<void>;
  /** What the note beside the audio says of a track; null when there is none, or it says nothing. Never rejects. */
  noted(trackId: string): Promise<Track | null>;
  /** First to go, from now on. */
  age(sha256: string): void;
  /** Another track turned out to play a file that is here. */
  addTrack(sha256: string, trackId: string): Promise<void>;
  /** More is known of a file that is here than when it came. */
  noteFacts(file: AudioFile): Promise<void>;
  /** The track plays other audio now than this, by default than what it plays here. */
  forgetTrack(trackId: string, sha256?: string): Promise<void>;
  remove(sha256: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * `<folder>/<key id>/<aa>/<sha256>`, beside it `<sha256>.json`; `<sha256>.part` is not whole yet. The rename of the part is what
 * makes an entry exist. All reject with `storage_failed`.
 */
export const openAudioStore = (options: {
  /** Holds the folders of all keys. */
  readonly folder: string;
  readonly key: AudioKey;
  readonly lookUp: TrackLookup;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (change: HoldingsChange) => void;
}): AudioStore => {
  const { key, clock, log, onChange } = options;
  const home = join(options.folder, key.id);
  const arrivals = new Set<string>();
  /** Counts up whenever another file lies under a name, or none. */
  const generations = new Map<string, number>();
  /** What is done to one file is done in turn: a removal must not meet the file that is begun after it. */
  const inTurn = createTurns();
  let closed = false;

  const pathOf = (sha256: string): string => join(home, sha256.slice(0, 2), sha256);
  const notePathOf = (sha256: string): string => `${pathOf(sha256)}.json`;
  const partPathOf = (sha256: string): string => `${pathOf(sha256)}.part`;
  const contextOf = (sha256: string): Uint8Array =>
    Buffer.from(`riffle\0${key.account}\0${sha256}\0original`);

  const index = openEntryIndex(join(home, 'index.sqlite'), log);
  let indexNow: EntryIndex | null = null;
  const table = createEntryTable(clock, () => indexNow);
  const notes = createNoteFiles(notePathOf, options.lookUp);

  const generationOf = (sha256: string): number => generations.get(sha256) ?? 0;
  const replaced = (sha256: string): void => void generations.set(sha256, generationOf(sha256) + 1);

  const remove = async (sha256: string): Promise<void> => {
    replaced(sha256);
    const gone = table.forget(sha256);
    if (gone.length > 0) onChange({ arrived: [], gone });
    for (const path of [pathOf(sha256), partPathOf(sha256), notePathOf(sha256)]) await removeFile(path);
  };

  /** Makes the entries say what the folder says. */
  const reconcile = async (): Promise<void> => {
    const arrived: string[] = [];
    const gone: string[] = [];
    const seen = new Set<string>();
    await scanFolder(home, {
      isOurs: (sha256) => arrivals.has(sha256),
      async found({ sha256, isWhole, fileBytes, modifiedMs }) {
        seen.add(sha256);
        const known = table.get(sha256);
        if (known !== null && known.isWhole === isWhole) {
          if (isWhole && fileBytes === sealedLength(known.bytes)) return 'keep';
          if (!isWhole) {
            // Killed while it was fetched: it takes more than was noted when it was begun.
            if (known.fileBytes < fileBytes + NOTE_BYTES)
              table.put({ ...known, fileBytes: fileBytes + NOTE_BYTES });
            return 'keep';
          }
        }
        const note = await notes.read(sha256);
        const isRight = note !== null && (!isWhole || fileBytes === sealedLength(note.bytes));
        if (closed || arrivals.has(sha256)) return 'keep';
        if (!isRight) {
          gone.push(...table.forget(sha256));
          return 'sweep';
        }
        table.put(entryFrom(note, { isWhole, fileBytes: fileBytes + NOTE_BYTES, lastUsedMs: modifiedMs }));
        if (isWhole) arrived.push(...note.tracks.map(({ id }) => id));
        return 'keep';
      },
      inTurn,
      log,
    });
    for (const { sha256 } of Array.from(table.entries())) {
      if (seen.has(sha256) || arrivals.has(sha256) || closed) continue;
      const isThere = await stat(pathOf(sha256)).catch(() => null);
      if (isThere === null && !arrivals.has(sha256)) gone.push(...table.forget(sha256));
    }
    if (!closed && arrived.length + gone.length > 0) onChange({ arrived, gone });
  };

  const begin = async (): Promise<void> => {
    indexNow = await index;
    table.load(indexNow.loaded ?? []);
    const looked = reconcile().catch((error: unknown) => {
      // Playing must not depend on it: a folder that cannot be looked through counts as it was known.
      log.error('audio cache could not be looked through', { error });
    });
    reconciled = looked;
    if (indexNow.loaded === null) await looked;
  };
  let reconciled: Promise<void> = Promise.resolve();
  const ready = begin();

  const removeIfStill = (sha256: string, generation: number): Promise<void> =>
    inTurn(sha256, async () => {
      if (generationOf(sha256) === generation) await remove(sha256);
    });

  const guarded = async <Result>(what: string, action: () => Promise<Result>): Promise<Result> => {
    await ready;
    try {
      return await action();
    } catch (error) {
      throw storageFailure(what, error);
    }
  };

  const changing = <Result>(what: string, sha256: string, action: () => Promise<Result>): Promise<Result> =>
    guarded(what, () => inTurn(sha256, action));

  const reopen = async (file: AudioFile): Promise<OpenArrival | null> => {
    const note = await notes.read(file.sha256);
    if (note === null || note.etag === null || note.bytes !== file.bytes) return null;
    const handle = await open(partPathOf(file.sha256), 'r+').catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) return null;
    try {
      const arriving = await reopenArrivingFile(handle, key.bytes, contextOf(file.sha256), file.bytes);
      return { file, arriving, etag: note.etag };
    } catch (error) {
      await handle.close();
      if (error instanceof DamagedAudio) return null;
      throw error;
    }
  };

  const emptyPart = async ({ sha256 }: AudioFile): Promise<FileHandle> => {
    await mkdir(dirname(pathOf(sha256)), { recursive: true, mode: 0o700 });
    // Never the old file under the same name: whoever still writes to that one must not write into this.
    await removeFile(partPathOf(sha256));
    return open(partPathOf(sha256), 'wx+', 0o600);
  };
  const beginNew = (file: AudioFile, empty: Promise<FileHandle>): OpenArrival => ({
    file,
    arriving: createArrivingFile(empty, key.bytes, contextOf(file.sha256), file.bytes),
    etag: null,
  });

  const tracksOf = ({ sha256, trackId }: AudioFile): readonly string[] => {
    const known = table.get(sha256)?.trackIds ?? [];
    return known.includes(trackId) ? known : [...known, trackId];
  };

  const store: AudioStore = {
    ready,
    entries: table.entries,
    entry: table.get,
    entryOf: table.ofTrack,
    fileOf: (trackId, { sha256, bytes, contentType, audio, goodFor }) => ({
      trackId,
      sha256,
      bytes,
      contentType,
      audio,
      goodFor,
    }),

    openWhole: (sha256) =>
      guarded('cannot open cached audio', async () => {
        const entry = table.get(sha256);
        if (entry?.isWhole !== true) return null;
        const generation = generationOf(sha256);
        const handle = await open(pathOf(sha256), 'r').catch((error: unknown) => {
          if (systemErrorCode(error) === 'ENOENT') return null;
          throw error;
        });
        if (handle === null) {
          await removeIfStill(sha256, generation);
          return null;
        }
        try {
          if ((await handle.stat()).size !== sealedLength(entry.bytes)) throw new DamagedAudio('cut');
          const keys = await readKeys(handle, key.bytes, contextOf(sha256));
          table.touch(sha256);
          return { handle, keys, isCurrent: () => generationOf(sha256) === generation };
        } catch (error) {
          await handle.close();
          if (!(error instanceof DamagedAudio)) throw error;
          log.warn('damaged audio removed', { sha256, error });
          await removeIfStill(sha256, generation);
          return null;
        }
      }),

    openArrival: (file) =>
      guarded('cannot write to the audio cache', async () => {
        const { sha256 } = file;
        arrivals.add(sha256);
        // Nothing of it is known to be here: nothing has to be looked for first.
        if (table.get(sha256) === null)
          return beginNew(
            file,
            inTurn(sha256, () => emptyPart(file)),
          );
        try {
          return await inTurn(sha256, async () => (await reopen(file)) ?? beginNew(file, emptyPart(file)));
        } catch (error) {
          arrivals.delete(sha256);
          throw error;
        }
      }),

    noteEtag: ({ file }, etag) =>
      changing('cannot note audio', file.sha256, async () => {
        const note = await notes.write(file, etag, tracksOf(file));
        const fileBytes = HEADER_BYTES + NOTE_BYTES;
        table.put(entryFrom(note, { isWhole: false, fileBytes, lastUsedMs: table.useNowMs() }));
      }),

    adopt: ({ file, arriving }) =>
      changing('cannot keep audio', file.sha256, async () => {
        await (await arriving.handle).datasync();
        const etag = (await notes.read(file.sha256))?.etag ?? null;
        const note = await notes.write(file, etag, tracksOf(file));
        await renameDurably(partPathOf(file.sha256), pathOf(file.sha256));
        arrivals.delete(file.sha256);
        replaced(file.sha256);
        const fileBytes = sealedLength(file.bytes) + NOTE_BYTES;
        const entry = entryFrom(note, { isWhole: true, fileBytes, lastUsedMs: table.useNowMs() });
        table.put(entry);
        onChange({ arrived: entry.trackIds, gone: [] });
      }),

    putDown: ({ file, arriving }) =>
      changing('cannot put down audio', file.sha256, async () => {
        arrivals.delete(file.sha256);
        const entry = table.get(file.sha256);
        if (entry === null || arriving.presentBytes() === 0) await remove(file.sha256);
        else table.put({ ...entry, fileBytes: HEADER_BYTES + arriving.presentBytes() + NOTE_BYTES });
      }),

    discard: ({ file }) =>
      changing('cannot discard audio', file.sha256, async () => {
        arrivals.delete(file.sha256);
        await remove(file.sha256);
      }),

    async noted(trackId) {
      const note = await notes.read(table.ofTrack(trackId)?.sha256 ?? '');
      return note?.tracks.find(({ id }) => id === trackId)?.track ?? null;
    },

    age(sha256) {
      const entry = table.get(sha256);
      if (entry !== null) table.put({ ...entry, lastUsedMs: 0 });
    },

    addTrack: (sha256, trackId) =>
      changing('cannot note a track', sha256, async () => {
        const entry = table.get(sha256);
        if (entry === null || entry.trackIds.includes(trackId)) return;
        const etag = (await notes.read(sha256))?.etag ?? null;
        await notes.write(store.fileOf(trackId, entry), etag, [...entry.trackIds, trackId]);
        table.put({ ...entry, trackIds: [...entry.trackIds, trackId] });
        if (entry.isWhole) onChange({ arrived: [trackId], gone: [] });
      }),

    noteFacts: ({ trackId, sha256, audio, goodFor }) =>
      changing('cannot note how audio plays', sha256, async () => {
        const entry = table.get(sha256);
        if (entry === null) return;
        const etag = (await notes.read(sha256))?.etag ?? null;
        const note = await notes.write(
          { ...store.fileOf(trackId, entry), audio, goodFor },
          etag,
          entry.trackIds,
        );
        table.put({ ...entry, ...entryFrom(note, entry) });
      }),

    forgetTrack: (trackId, sha256 = table.ofTrack(trackId)?.sha256 ?? '') =>
      changing('cannot forget a track', sha256, async () => {
        const entry = table.get(sha256);
        if (entry === null) return;
        const isPlayed = table.ofTrack(trackId) === entry;
        if (isPlayed) table.unlink(trackId);
        const trackIds = entry.trackIds.filter((id) => id !== trackId);
        if (trackIds.length === 0) await remove(entry.sha256);
        else {
          const etag = (await notes.read(entry.sha256))?.etag ?? null;
          await notes.write(store.fileOf(trackId, entry), etag, trackIds);
          table.put({ ...entry, trackIds });
        }
        if (entry.isWhole && isPlayed) onChange({ arrived: [], gone: [trackId] });
      }),

    remove: (sha256) => changing('cannot remove audio', sha256, () => remove(sha256)),

    async close() {
      closed = true;
      await ready;
      await reconciled;
      indexNow?.close();
      indexNow = null;
    },
  };
  return store;
};
