import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PinSource } from '../../contract/offline.ts';
import type { Log } from '../ports.ts';
import { syncFolder } from '../storage/durable-file.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import { sweepAbandoned } from '../storage/temporary-file.ts';
import { keyOf, pinDocumentSchema, sourceOfFile, type PinDocument } from './pin-contents.ts';

/** What is kept offline, on the disk: one document a pin, whole or not there. Everything rejects with `storage_failed`. */
export interface PinFiles {
  /** In the order they were added. A document that cannot be read is set aside and left out. */
  load(): Promise<readonly PinDocument[]>;
  /** Null when there is none (any more). */
  read(source: PinSource): Promise<PinDocument | null>;
  /** On the disk when it resolves. */
  write(document: PinDocument): Promise<void>;
  /** Off the disk when it resolves. */
  remove(sources: readonly PinSource[]): Promise<void>;
}

/** Open at the same time while loading. */
const PARALLEL_READS = 16;

export const createPinFiles = ({ folder, log }: { readonly folder: string; readonly log: Log }): PinFiles => {
  const pathOf = (source: PinSource): string => join(folder, `${keyOf(source)}.json`);
  const documentOf = (source: PinSource) =>
    createJsonDocument({ path: pathOf(source), schema: pinDocumentSchema, log });

  const namesInFolder = async (): Promise<readonly string[]> => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw storageFailure(`cannot read ${folder}`, error);
    }
  };

  const read = async (source: PinSource): Promise<PinDocument | null> => {
    const document = await documentOf(source).read();
    if (document === null || keyOf(document.source) === keyOf(source)) return document;
    log.warn('document left out: it is of another source', { path: pathOf(source) });
    return null;
  };

  return {
    read,

    async load() {
      await sweepAbandoned(folder, log);
      const waiting = (await namesInFolder()).map(sourceOfFile).filter((source) => source !== null);
      const documents: PinDocument[] = [];
      const readSome = async (): Promise<void> => {
        for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
          try {
            const document = await read(source);
            if (document !== null) documents.push(document);
          } catch (error) {
            log.error('document could not be read', { path: pathOf(source), error });
          }
        }
      };
      await Promise.all(Array.from({ length: PARALLEL_READS }, readSome));
      return documents.sort(
        (left, right) =>
          left.addedAt.localeCompare(right.addedAt) || keyOf(left.source).localeCompare(keyOf(right.source)),
      );
    },

    write: (document) => documentOf(document.source).write(document),

    async remove(sources) {
      try {
        for (const source of sources) await rm(pathOf(source), { force: true });
        if (sources.length > 0) await syncFolder(folder);
      } catch (error) {
        throw storageFailure(`cannot remove from ${folder}`, error);
      }
    },
  };
};
