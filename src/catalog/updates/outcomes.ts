/** Counting, without a store. */
import { NO_OUTCOMES, UPDATE_OUTCOMES, type OutcomeCounts } from '../../core/update/rollout-rule.ts';
import type { OutcomeRecord } from './update-records.ts';

const DAY_MS = 24 * 3_600_000;
/** A version of which nobody reported anything for so long is counted to its end. */
const CLOSED_AFTER_DAYS = 90;

export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** Whether nothing is counted any more of a version that was last reported of on this day. */
export const isClosed = (lastDay: string, nowMs: number): boolean =>
  nowMs > Date.parse(lastDay) + CLOSED_AFTER_DAYS * DAY_MS;

/**
 * One set out of several: what was sent twice is in it once. Of two that contradict each other under one id the worse one stays,
 * whatever came first. Always in the same order, so the same set is the same bytes.
 */
export const mergeOutcomes = (sets: Iterable<readonly OutcomeRecord[]>): readonly OutcomeRecord[] => {
  const merged = new Map<string, OutcomeRecord>();
  for (const set of sets)
    for (const record of set) {
      const id = record.reportId.toLowerCase();
      const known = merged.get(id);
      if (known === undefined || rank(record) > rank(known)) merged.set(id, { ...record, reportId: id });
    }
  return Array.from(merged)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, record]) => record);
};

const rank = (record: OutcomeRecord): string =>
  [UPDATE_OUTCOMES.indexOf(record.outcome), record.platform, record.arch, record.previousVersion].join();

export const countOutcomes = (sets: Iterable<readonly OutcomeRecord[]>): OutcomeCounts => {
  const counts = { ...NO_OUTCOMES };
  for (const { outcome } of mergeOutcomes(sets)) counts[outcome] += 1;
  return counts;
};
