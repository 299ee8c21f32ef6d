import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildTrack } from '../../../tests/host/track-builder.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import {
  savedPositionSchema,
  savedQueueSchema,
  type SavedEntry,
  type SavedOrder,
} from '../../contract/playback-session.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { createPlaybackSession } from './playback-session.ts';

const sessionIn = (folder: string) => {
  const log = recordLog();
  return createPlaybackSession({
    queue: createJsonDocument({ path: join(folder, 'queue.json'), schema: savedQueueSchema, log }),
    position: createJsonDocument({ path: join(folder, 'position.json'), schema: savedPositionSchema, log }),
  });
};
const entry = (entryId: string): SavedEntry => ({ entryId, track: buildTrack(entryId) });
const order = (upcoming: string, current = 'a'): SavedOrder => ({
  version: 1,
  played: [],
  current,
  requested: [],
  upcoming: [...upcoming],
  naturalOrder: [current, ...upcoming],
  shuffle: false,
  shuffleSeed: 1,
  repeat: 'off',
  origin: null,
});
const upcomingIn = async (folder: string): Promise<string | undefined> => {
  const { queue } = await sessionIn(folder).load();
  return queue?.upcoming.map(({ entryId }) => entryId).join('');
};

it('a queue that came in pieces is on disk when its order is saved', async () => {
  const folder = await temporaryFolder();
  const session = sessionIn(folder);
  await session.saveEntries({ entries: [entry('a'), entry('b')] });
  await session.saveEntries({ entries: [entry('c')] });
  expect(await upcomingIn(folder)).toBeUndefined();
  await session.saveOrder(order('cb'));
  expect(await upcomingIn(folder)).toBe('cb');
});

it('an order may name what the last saved queue has, also after a restart', async () => {
  const folder = await temporaryFolder();
  const first = sessionIn(folder);
  await first.saveEntries({ entries: [entry('a'), entry('b'), entry('c')] });
  await first.saveOrder(order('bc'));
  const second = sessionIn(folder);
  await second.saveEntries({ entries: [entry('d')] });
  await second.saveOrder(order('db', 'c'));
  expect(await upcomingIn(folder)).toBe('db');
});

it('an order that names what never came is refused, and nothing is lost', async () => {
  const folder = await temporaryFolder();
  const session = sessionIn(folder);
  await session.saveEntries({ entries: [entry('a'), entry('b')] });
  await session.saveOrder(order('b'));
  await expect(session.saveOrder(order('bx'))).rejects.toMatchObject({ code: 'not_found' });
  expect(await upcomingIn(folder)).toBe('b');
});
