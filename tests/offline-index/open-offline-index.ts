import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OfflineIndexLimits } from '../../src/main/offline-index/bounds.ts';
import { createOfflineIndex, type OfflineIndex } from '../../src/main/offline-index/offline-index.ts';
import { recordLog, type RecordedLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

export interface OpenedIndex {
  readonly path: string;
  readonly log: RecordedLog;
  readonly index: OfflineIndex;
  /** Closes it and opens the same file again. */
  reopen(): Promise<OfflineIndex>;
  /** What its clock says. */
  nowMs: number;
}

/** An index of this test's own, gone when the test ends. */
export const openOfflineIndex = async (
  options: {
    readonly path?: string;
    readonly limits?: OfflineIndexLimits;
  } = {},
): Promise<OpenedIndex> => {
  const path = options.path ?? join(await temporaryFolder(), 'offline-index.sqlite');
  const log = recordLog();
  const open = (): OfflineIndex =>
    createOfflineIndex({
      path,
      log,
      clock: { now: () => opened.nowMs },
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
  let index: OfflineIndex | null = null;
  const opened = {
    path,
    log,
    nowMs: Date.UTC(2026, 5, 1),
    get index() {
      index ??= open();
      return index;
    },
    reopen: async () => {
      await index?.close();
      index = open();
      return index;
    },
  };
  onTestFinished(() => index?.close());
  return opened;
};
