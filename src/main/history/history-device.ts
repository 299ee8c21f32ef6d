/** Who this installation is among the devices that a history is of: what the stamps of its plays end with, lasting as the file they are in. */
import type { DatabaseSync } from 'node:sqlite';
import {
  DEVICE_PATTERN,
  createStampClock,
  MOST_AHEAD_MS,
  wallMsOf,
  type StampClock,
} from '../../core/library/stamp.ts';
import { newDeviceId } from '../library/random-ids.ts';
import { inTransaction, prepare } from '../offline-index/sql.ts';

export interface HistoryDevice {
  readonly id: string;
  readonly clock: StampClock;
}

/**
 * The device of this file, made with it. Plays of earlier versions, which had another device for every start and told nobody of their
 * plays, become this one's. The clock goes on after the last play, unless that was written down by a clock that was far ahead.
 */
export const openHistoryDevice = (database: DatabaseSync, now: () => number): HistoryDevice => {
  const known = prepare<{ value: string }>(database, `SELECT value FROM sharing WHERE name = 'device'`).get()
    ?.value;
  const id = known !== undefined && DEVICE_PATTERN.test(known) ? known : newDeviceId();
  const ids = prepare<{ id: string }>(
    database,
    'SELECT id FROM plays UNION ALL SELECT id FROM removed ORDER BY id DESC',
  );
  const last = known === undefined ? null : ids.get()?.id;
  const isAhead = (stamp: string): boolean => wallMsOf(stamp) > now() + MOST_AHEAD_MS;
  const clock = createStampClock({
    device: id,
    now,
    last: last === null || last === undefined || isAhead(last) ? null : last,
  });
  if (id !== known)
    inTransaction(database, () => {
      const former = prepare<{ id: string }>(
        database,
        'SELECT id FROM plays WHERE is_from_here = 1 AND is_sent = 0 ORDER BY id',
      ).all();
      const rename = prepare(database, 'UPDATE plays SET id = ? WHERE id = ?');
      for (const row of former) rename.run(clock.next(), row.id);
      prepare(
        database,
        `INSERT INTO sharing VALUES ('device', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      ).run(id);
    });
  return { id, clock };
};
