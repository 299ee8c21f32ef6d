/** The plan of an import on the disk, some hundred rows a line: it may have a hundred thousand, and nobody waits while it is written. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { createAppendLog } from '../storage/append-log.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { importPlanSchema, planLineSchema, type PlanLine, type StoredPlan } from './import-entries.ts';

export interface PlanFile {
  /** Null when there is none, or not the whole of it. Rejects with `storage_failed`. */
  read(): Promise<StoredPlan | null>;
  /** On the disk when it resolves. Rejects with `storage_failed`; then the one before is there. */
  write(plan: StoredPlan): Promise<void>;
}

const ROWS_A_LINE = 500;

function* linesOf({ id, lists, rows }: StoredPlan): Generator<PlanLine, void, void> {
  yield { type: 'plan', id, lists, rowCount: rows.length };
  for (let start = 0; start < rows.length; start += ROWS_A_LINE)
    yield { type: 'rows', rows: rows.slice(start, start + ROWS_A_LINE) };
}

const planOf = ([head, ...rest]: readonly PlanLine[]): StoredPlan | null => {
  if (head?.type !== 'plan') return null;
  const rows = rest.flatMap((line) => (line.type === 'rows' ? line.rows : []));
  return rows.length === head.rowCount ? { id: head.id, lists: head.lists, rows } : null;
};

export const createPlanFile = (options: { readonly folder: string; readonly log: Log }): PlanFile => {
  const { folder, log } = options;
  const lines = createAppendLog({ path: join(folder, 'plan.jsonl'), schema: planLineSchema, log });
  /** Where it was kept before, in one piece. */
  const formerPath = join(folder, 'plan.json');
  const former = createJsonDocument({ path: formerPath, schema: importPlanSchema, log });
  return {
    async read() {
      const there = await lines.read();
      return there.length === 0 ? former.read() : planOf(there);
    },
    async write(plan) {
      await lines.replace(linesOf(plan));
      await rm(formerPath, { force: true }).catch((error: unknown) =>
        log.warn('former plan of an import not removed', { error }),
      );
    },
  };
};
