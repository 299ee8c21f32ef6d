/** What was last seen of others' playlists, on the disk: a file each, whole or not there. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sharedPlaylistSchema, shareSchema } from '../../contract/library-http.ts';
import type { Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import { sweepAbandoned } from '../storage/temporary-file.ts';

const visitedSchema = z.object({
  version: z.literal(1),
  /** What it is asked for by. Of a private playlist it is a secret. */
  shareId: shareSchema.shape.shareId,
  seenAtMs: z.int().nonnegative(),
  playlist: sharedPlaylistSchema,
});
export type WrittenVisit = Readonly<z.infer<typeof visitedSchema>>;

export interface VisitedFiles {
  /** What cannot be read is set aside and left out. */
  load(): Promise<readonly WrittenVisit[]>;
  write(visit: WrittenVisit): Promise<void>;
  remove(playlistId: string): Promise<void>;
}

const FILE = /^[0-9a-z]{20}\.json$/;

/** Everything rejects with `storage_failed`. */
export const createVisitedFiles = (options: { readonly folder: string; readonly log: Log }): VisitedFiles => {
  const { folder, log } = options;
  const pathOf = (playlistId: string): string => join(folder, `${playlistId}.json`);
  const fileOf = (path: string) => createJsonDocument({ path, schema: visitedSchema, log });

  const namesInFolder = async (): Promise<readonly string[]> => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw storageFailure(`cannot read ${folder}`, error);
    }
  };

  return {
    async load() {
      await sweepAbandoned(folder, log);
      const visits: WrittenVisit[] = [];
      for (const name of await namesInFolder()) {
        const visit = FILE.test(name) ? await fileOf(join(folder, name)).read() : null;
        if (visit !== null && `${visit.playlist.id}.json` === name) visits.push(visit);
      }
      return visits;
    },
    write: (visit) => fileOf(pathOf(visit.playlist.id)).write(visit),
    async remove(playlistId) {
      try {
        await rm(pathOf(playlistId), { force: true });
      } catch (error) {
        throw storageFailure(`cannot remove from ${folder}`, error);
      }
    },
  };
};
