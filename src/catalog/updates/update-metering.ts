/**
 * Counts what became of updates, in the store alone: replicas share nothing else and need no lock.
 *
 * What is written is a grow-only set of reports, in objects named by their content. What comes in while a write is under way is
 * written with the next, so that many reports at once are few objects, and each is answered when it is written. Objects of a day are
 * merged by writing the union first and deleting what it holds afterwards; counting reads the union over all days and counts each
 * report once. Of a version that nobody has reported of for ninety days only its counts are kept.
 *
 * Nobody signs in to report, for an app that does not start cannot; so nothing here is believed beyond its number. What bounds a liar
 * is how much one address and all together may send (`api/access/rate-limits.ts`), and what the roll-out rule asks for before it acts:
 * at worst a roll-out stops until a person looks, or somebody's false starts hide bad ones, which steps of 5 and 20 per cent bound.
 */
import { createHash } from 'node:crypto';
import type { UpdateReport } from '../../contract/update-http.ts';
import type { OutcomeCounts } from '../../core/update/rollout-rule.ts';
import { createMergedObjects, JSON_OBJECT, untilNothingVanishes, Vanished } from '../store/merged-objects.ts';
import type { ObjectInfo, ObjectStore } from '../store/object-store.ts';
import { countOutcomes, dayOf, isClosed, mergeOutcomes } from './outcomes.ts';
import { createReportBatches } from './report-batches.ts';
import {
  parseReportsKey,
  REPORTS_PREFIX,
  reportsKey,
  totalsKey,
  versionPrefix,
  type ReportedVersion,
} from './update-keys.ts';
import { outcomeRecordsSchema, versionTotalsSchema, type OutcomeRecord } from './update-records.ts';

export interface UpdateMetering {
  /** Written when it resolves. */
  take(report: UpdateReport): Promise<void>;
  /** What became of a version so far. */
  counts(reported: ReportedVersion): Promise<OutcomeCounts>;
  /** Makes few objects out of many. Gives how many are gone. */
  compact(signal: AbortSignal): Promise<{ readonly removed: number }>;
}

/** Merged again with others until they are this large. */
const SMALL_BYTES = 256 * 1024;
const MOST_MERGED_AT_ONCE = 500;

interface Day extends ReportedVersion {
  readonly day: string;
  readonly objects: readonly ObjectInfo[];
}

export const createUpdateMetering = (store: ObjectStore, nowMs: () => number = Date.now): UpdateMetering => {
  const objects = createMergedObjects(store);

  const write = async (
    reported: ReportedVersion,
    day: string,
    reports: readonly OutcomeRecord[],
  ): Promise<string> => {
    const body = Buffer.from(JSON.stringify({ format: 1, reports: mergeOutcomes([reports]) }));
    const key = reportsKey(reported, day, createHash('sha256').update(body).digest('hex'));
    await store.create(key, body, JSON_OBJECT);
    return key;
  };

  const batches = createReportBatches((reported, reports) => write(reported, dayOf(nowMs()), reports));

  const read = async (keys: readonly string[]): Promise<readonly (readonly OutcomeRecord[])[]> =>
    (await objects.readAll(keys, (json) => outcomeRecordsSchema.parse(json))).map(({ reports }) => reports);

  const listDays = async (prefix: string): Promise<readonly Day[]> => {
    const days = new Map<string, Day & { readonly objects: ObjectInfo[] }>();
    for await (const object of store.list(prefix)) {
      const parsed = parseReportsKey(object.key);
      if (parsed === null) continue;
      const id = [parsed.channel, parsed.version, parsed.day].join('/');
      const known = days.get(id);
      if (known === undefined) days.set(id, { ...parsed, objects: [object] });
      else known.objects.push(object);
    }
    return [...days.values()];
  };

  const totalsOf = async (reported: ReportedVersion): Promise<OutcomeCounts | null> =>
    (await objects.find(totalsKey(reported), (json) => versionTotalsSchema.parse(json)))?.counts ?? null;

  /** Reports are listed first: a version that is closed in between has its totals by then. */
  const countOnce = async (reported: ReportedVersion): Promise<OutcomeCounts> => {
    const days = await listDays(versionPrefix(reported));
    const totals = await totalsOf(reported);
    return totals ?? countOutcomes(await read(keysOf(days)));
  };

  const mergeDay = async (reported: Day, signal: AbortSignal): Promise<number> => {
    let removed = 0;
    const small = keysOf([reported], ({ bytes }) => bytes < SMALL_BYTES);
    for (let first = 0; first + 1 < small.length && !signal.aborted; first += MOST_MERGED_AT_ONCE) {
      const keys = small.slice(first, first + MOST_MERGED_AT_ONCE);
      if (keys.length < 2) break;
      const merged = await write(reported, reported.day, (await read(keys)).flat());
      removed += await objects.remove(keys.filter((key) => key !== merged));
    }
    return removed;
  };

  const compactVersion = async (days: readonly Day[], signal: AbortSignal): Promise<number> => {
    const [reported] = days;
    const lastDay = days
      .map(({ day }) => day)
      .sort()
      .at(-1);
    if (reported === undefined || lastDay === undefined) return 0;
    if ((await totalsOf(reported)) === null) {
      if (!isClosed(lastDay, nowMs())) {
        let removed = 0;
        for (const day of days) removed += await mergeDay(day, signal);
        return removed;
      }
      const counts = countOutcomes(await read(keysOf(days)));
      // Whoever was first counted the same: nothing is added to this version any more.
      await store.create(
        totalsKey(reported),
        Buffer.from(JSON.stringify({ format: 1, counts })),
        JSON_OBJECT,
      );
    }
    return objects.remove(keysOf(days));
  };

  return {
    take: ({ channel, version, ...record }) => batches.add({ channel, version }, record),

    counts: (reported) => untilNothingVanishes(() => countOnce(reported)),

    async compact(signal) {
      let removed = 0;
      const versions = Map.groupBy(await listDays(REPORTS_PREFIX), versionPrefix);
      for (const days of versions.values()) {
        if (signal.aborted) break;
        try {
          removed += await compactVersion(days, signal);
        } catch (error) {
          // Somebody else is at this version; the next time finds what is left.
          if (!(error instanceof Vanished)) throw error;
        }
      }
      return { removed };
    },
  };
};

const keysOf = (days: readonly Day[], isWanted: (object: ObjectInfo) => boolean = () => true): string[] =>
  days.flatMap(({ objects }) => objects.filter(isWanted).map(({ key }) => key));
