import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlayedEntry } from '../../contract/host-api.ts';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { buildTrack } from '../../../tests/host/track-builder.ts';
import { createAppendLog } from '../storage/append-log.ts';
import { createHistory } from './history.ts';
import { HISTORY_LIMIT, playedEntrySchema, withPlay } from './recent-plays.ts';

const openHistory = async (path: string) => {
  const told: (readonly PlayedEntry[])[] = [];
  const history = await createHistory({
    log: createAppendLog({ path, schema: playedEntrySchema, log: recordLog() }),
    clock: handClock(),
    onChange: (newest) => told.push(newest),
  });
  return { history, told };
};
const titles = (entries: readonly PlayedEntry[]) => entries.map(({ track }) => track.title);

describe('the history', () => {
  it('gives the newest first and has it again after a restart', async () => {
    const path = join(await temporaryFolder(), 'history.jsonl');
    const { history } = await openHistory(path);

    for (const name of ['one', 'two', 'three']) await history.record(buildTrack(name));

    expect(titles(history.recent(2))).toEqual(['three', 'two']);
    expect(titles((await openHistory(path)).history.recent(10))).toEqual(['three', 'two', 'one']);
  });

  it('shows a track once that was played several times in a row', async () => {
    const { history } = await openHistory(join(await temporaryFolder(), 'history.jsonl'));

    for (const name of ['one', 'two', 'two', 'one']) await history.record(buildTrack(name));

    expect(titles(history.recent(10))).toEqual(['one', 'two', 'one']);
  });

  it('tells the whole new value of every change', async () => {
    const { history, told } = await openHistory(join(await temporaryFolder(), 'history.jsonl'));

    await history.record(buildTrack('one'));
    await history.clear();

    expect(told.map(titles)).toEqual([['one'], []]);
    expect(history.recent(10)).toEqual([]);
  });

  it('adds one line a play and is rewritten only when it has grown to twice its limit', async () => {
    const path = join(await temporaryFolder(), 'history.jsonl');
    const entries = Array.from({ length: 2 * HISTORY_LIMIT }, (_, index) => ({
      track: buildTrack(`t${index}`),
      playedAt: '2026-01-01T00:00:00.000Z',
    }));
    await createAppendLog({ path, schema: playedEntrySchema, log: recordLog() }).replace(entries);
    const { history } = await openHistory(path);

    await history.record(buildTrack('last'));

    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(HISTORY_LIMIT);
    expect(titles((await openHistory(path)).history.recent(2))).toEqual(['last', 't1999']);
  });
});

describe('withPlay', () => {
  it('never holds more than the limit', () => {
    const full = Array.from({ length: HISTORY_LIMIT }, (_, index) => ({
      track: buildTrack(`t${index}`),
      playedAt: '2026-01-01T00:00:00.000Z',
    }));
    const added = withPlay(full, { track: buildTrack('new'), playedAt: '2026-01-02T00:00:00.000Z' });
    expect(added).toHaveLength(HISTORY_LIMIT);
    expect(added[0]?.track.title).toBe('new');
  });
});
