import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileDurably } from '../storage/durable-file.ts';
import type { TrackLookup } from './cache-contract.ts';
import type { AudioFile } from './edge.ts';
import type { Entry } from './entry-index.ts';
import { noteFromText, noteToText, type EntryNote } from './entry-note.ts';

export interface NoteFiles {
  /** Null when there is none, or none that can be believed. Never rejects. */
  read(sha256: string): Promise<EntryNote | null>;
  /** Durably says what a file is and which tracks play it; what it says already is not written again. */
  write(file: AudioFile, etag: string | null, trackIds: readonly string[]): Promise<EntryNote>;
}

/** Left out where nobody said it: a note that says as much as before reads as before. */
const factsIn = ({
  audio,
  goodFor,
}: Pick<AudioFile, 'audio' | 'goodFor'>): Pick<AudioFile, 'audio' | 'goodFor'> => ({
  ...(audio === undefined ? {} : { audio }),
  ...(goodFor === undefined ? {} : { goodFor }),
});

export const createNoteFiles = (pathOf: (sha256: string) => string, lookUp: TrackLookup): NoteFiles => {
  const read = async (sha256: string): Promise<EntryNote | null> => {
    const text = await readFile(pathOf(sha256), 'utf8').catch(() => null);
    const note = text === null ? null : noteFromText(text);
    return note?.sha256 === sha256 ? note : null;
  };
  return {
    read,
    async write({ sha256, bytes, contentType, audio, goodFor }, etag, trackIds) {
      const before = await read(sha256);
      const noted = new Map(before?.tracks.map(({ id, track }) => [id, track]));
      const tracks = trackIds.map((id) => ({ id, track: lookUp(id) ?? noted.get(id) ?? null }));
      const note: EntryNote = {
        version: 2,
        sha256,
        bytes,
        contentType,
        etag,
        tracks,
        ...factsIn({ audio: audio ?? before?.audio, goodFor: goodFor ?? before?.goodFor }),
      };
      if (before !== null && noteToText(before) === noteToText(note)) return note;
      await mkdir(dirname(pathOf(sha256)), { recursive: true });
      await writeFileDurably(pathOf(sha256), noteToText(note));
      return note;
    },
  };
};

/** The entry that a note and its file make. `fileBytes`: on the disk, both of them. */
export const entryFrom = (
  note: EntryNote,
  file: Pick<Entry, 'isWhole' | 'fileBytes' | 'lastUsedMs'>,
): Entry => ({
  sha256: note.sha256,
  bytes: note.bytes,
  contentType: note.contentType,
  trackIds: note.tracks.map(({ id }) => id),
  ...factsIn(note),
  ...file,
});
