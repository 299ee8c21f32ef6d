/** Crash reports that listeners chose to send, in the store: `reports/<day of arrival>/<id>.json`, without who sent them. */
import { crashReportSchema, type CrashReport } from '../../contract/reports-http.ts';
import type { ObjectStore } from '../store/object-store.ts';

export interface FiledReport {
  readonly key: string;
  readonly day: string;
  readonly bytes: number;
  readonly report: CrashReport;
}

export interface ReportStore {
  /** Twice on a day it is one; gives whether it was new. */
  take(report: CrashReport): Promise<boolean>;
  /** Oldest day first. What is no report is passed over. */
  list(options?: { readonly fromDay?: string }): AsyncIterable<FiledReport>;
  /** Null when there is none of this id. */
  find(id: string): Promise<FiledReport | null>;
  /** Gives how many were removed. */
  remove(which: { readonly id: string } | { readonly beforeDay: string }): Promise<number>;
}

const PREFIX = 'reports/';
const KEY = /^reports\/(\d{4}-\d{2}-\d{2})\/([0-9a-f-]{36})\.json$/;
const DELETED_AT_ONCE = 500;

interface ReportKey {
  readonly key: string;
  readonly day: string;
  readonly id: string;
  readonly bytes: number;
}

export const createReportStore = (store: ObjectStore, nowMs: () => number = Date.now): ReportStore => {
  async function* keys(fromDay = ''): AsyncIterable<ReportKey> {
    for await (const { key, bytes } of store.list(PREFIX, { after: `${PREFIX}${fromDay}` })) {
      const [, day, id] = KEY.exec(key) ?? [];
      if (day !== undefined && id !== undefined) yield { key, day, id, bytes };
    }
  }

  const read = async ({ key, day, bytes }: ReportKey): Promise<FiledReport | null> => {
    const content = await store.getBytes(key);
    if (content === null) return null;
    try {
      const parsed = crashReportSchema.safeParse(JSON.parse(new TextDecoder().decode(content)));
      return parsed.success ? { key, day, bytes, report: parsed.data } : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  };

  return {
    take: (report) => {
      const day = new Date(nowMs()).toISOString().slice(0, 10);
      const body = new TextEncoder().encode(`${JSON.stringify(report)}\n`);
      return store.create(`${PREFIX}${day}/${report.id.toLowerCase()}.json`, body, {
        contentType: 'application/json',
        cacheControl: 'no-store',
      });
    },
    async *list(options = {}) {
      for await (const key of keys(options.fromDay)) {
        const filed = await read(key);
        if (filed !== null) yield filed;
      }
    },
    async find(id) {
      for await (const key of keys()) if (key.id === id.toLowerCase()) return read(key);
      return null;
    },
    async remove(which) {
      const wanted: string[] = [];
      for await (const { key, day, id } of keys()) {
        if ('id' in which ? id === which.id.toLowerCase() : day < which.beforeDay) wanted.push(key);
      }
      for (let from = 0; from < wanted.length; from += DELETED_AT_ONCE) {
        await store.delete(wanted.slice(from, from + DELETED_AT_ONCE));
      }
      return wanted.length;
    },
  };
};
