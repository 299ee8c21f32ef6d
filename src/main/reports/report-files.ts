/** Crash reports as files: `<data folder>/reports/<id>.json`, readable to their owner alone, the newest twenty of them. */
import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { crashReportSchema, type CrashReport } from '../../contract/reports-http.ts';
import type { Log } from '../ports.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import { temporaryPath } from '../storage/temporary-file.ts';

const storedReportSchema = z.object({ sentAt: z.iso.datetime().nullable(), report: crashReportSchema });
export type StoredReport = Readonly<z.infer<typeof storedReportSchema>>;

export interface ReportFiles {
  /** On the disk when it returns. Throws `storage_failed`. */
  write(stored: StoredReport): void;
  /** Newest first. Files that are no reports are passed over. Throws `storage_failed`. */
  list(): readonly StoredReport[];
  remove(id: string): void;
}

const MOST_REPORTS = 20;
const FILE_NAME = /^[0-9a-f-]{36}\.json$/;

/**
 * Everything at once, without a promise: after something was thrown that nobody caught, nobody can say whether the next turn of
 * the loop still comes.
 */
export const createReportFiles = (options: { readonly folder: string; readonly log: Log }): ReportFiles => {
  const { folder, log } = options;
  const pathOf = (id: string): string => join(folder, `${id}.json`);

  const names = (): readonly string[] => {
    try {
      return readdirSync(folder).filter((name) => FILE_NAME.test(name));
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw storageFailure('cannot read the crash reports', error);
    }
  };

  const readFile = (name: string): readonly StoredReport[] => {
    try {
      const parsed = storedReportSchema.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      if (parsed.success && `${parsed.data.report.id}.json` === name) return [parsed.data];
      log.warn('no crash report', { file: name });
    } catch (error) {
      log.warn('crash report cannot be read', { file: name, error });
    }
    return [];
  };

  const list = (): readonly StoredReport[] =>
    names()
      .flatMap(readFile)
      .toSorted((one, other) => other.report.at.localeCompare(one.report.at));

  const remove = (id: string): void => {
    try {
      rmSync(pathOf(id), { force: true });
    } catch (error) {
      throw storageFailure('cannot remove a crash report', error);
    }
  };

  return {
    list,
    remove,
    write(stored) {
      const path = pathOf(stored.report.id);
      const temporary = temporaryPath(path);
      try {
        mkdirSync(folder, { recursive: true });
        const file = openSync(temporary, 'wx', 0o600);
        try {
          writeSync(file, `${JSON.stringify(stored)}\n`);
          fdatasyncSync(file);
        } finally {
          closeSync(file);
        }
        renameSync(temporary, path);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw storageFailure('cannot write a crash report', error);
      }
      for (const { report } of list().slice(MOST_REPORTS)) remove(report.id);
    },
  };
};

/** The report as it would be sent, for a person to read. */
export const reportText = (report: CrashReport): string => `${JSON.stringify(report, null, 2)}\n`;
