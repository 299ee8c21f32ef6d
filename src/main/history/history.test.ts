import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PlayedEntry } from '../../contract/history.ts';
import type { HistoryKeep } from '../../core/history/listening.ts';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { buildTrack } from '../../../tests/host/track-builder.ts';
import { createHistory, type History } from './history.ts';
import { playFactsOf } from './play-facts-of.ts';

const DAY_MS = 24 * 3_600_000;

const openHistory = async (folder: string, keep: () => HistoryKeep = () => 'all') => {
  const told: (readonly PlayedEntry[])[] = [];
  const clock = handClock();
  const log = recordLog();
  const history = await createHistory({
    folder,
    keep,
    isShared: false,
    clock,
    onChange: (newest) => told.push(newest),
    log,
  });
  onTestFinished(() => history.close());
  const play = async (name: string, id: string | null = null): Promise<void> => {
    await clock.advance(60_000);
    history.record(named(name), id === null ? null : { id, agoMs: 30_000, heardMs: 30_000 });
  };
  return { history, told, clock, log, play };
};
/** An id has no spaces. */
const named = (title: string) => buildTrack(title.toLowerCase().replaceAll(/[^a-z]/g, ''), { title });
const titles = (entries: readonly PlayedEntry[]) => entries.map(({ track }) => track.title);
const allOf = (history: History, find = '') => history.page(find, 0, 200);

describe('the history', () => {
  it('gives the newest first and has it again after a restart', async () => {
    const folder = await temporaryFolder();
    const { history, play } = await openHistory(folder);

    for (const name of ['one', 'two', 'three']) await play(name);

    expect(titles(history.recent(2))).toEqual(['three', 'two']);
    history.close();
    expect(titles((await openHistory(folder)).history.recent(10))).toEqual(['three', 'two', 'one']);
  });

  it('has every play, and shows a track once that was played several times in a row', async () => {
    const { history, play } = await openHistory(await temporaryFolder());

    for (const name of ['one', 'two', 'two', 'one']) await play(name);

    expect(titles(history.recent(10))).toEqual(['one', 'two', 'one']);
    expect(titles(allOf(history))).toEqual(['one', 'two', 'two', 'one']);
  });

  it('tells the newest of every change', async () => {
    const { history, told, play } = await openHistory(await temporaryFolder());

    await play('one');
    history.clear();

    expect(told.map(titles)).toEqual([['one'], []]);
  });

  it('writes a play down once, with when it began and all that was heard of it', async () => {
    const { history, clock, play } = await openHistory(await temporaryFolder());

    await play('one', 'listening-1');
    history.record(buildTrack('one'), { id: 'listening-1', agoMs: 31_000, heardMs: 31_000 });
    history.heard({ id: 'listening-1', agoMs: 170_000, heardMs: 160_000 });
    history.heard({ id: 'listening-1', agoMs: 170_000, heardMs: 40_000 });
    history.heard({ id: 'never-recorded', agoMs: 0, heardMs: 40_000 });

    expect(allOf(history)).toMatchObject([
      { heardMs: 160_000, isFromHere: true, playedAt: new Date(clock.now() - 30_000).toISOString() },
    ]);
  });

  it('finds words of titles, artists and albums, and counts the plays of each day', async () => {
    const { history, clock, play } = await openHistory(await temporaryFolder());
    await play('Ärger im Wald');
    await play('Stille');
    await clock.advance(3 * DAY_MS);
    await play('Ärger im Wald');

    expect(titles(allOf(history, 'wald ärg'))).toEqual(['Ärger im Wald', 'Ärger im Wald']);
    expect(titles(allOf(history, 'UNDER one'))).toHaveLength(3);
    expect(allOf(history, 'nothing like it')).toEqual([]);
    expect(history.days('').map(({ plays }) => plays)).toEqual([1, 2]);
    expect(history.days('stille').map(({ plays }) => plays)).toEqual([1]);
  });

  it('says what is on repeat, and how often and when each track was played', async () => {
    const { history, clock, play } = await openHistory(await temporaryFolder());
    const facts = playFactsOf(history);
    for (const name of ['old', 'old', 'old']) await play(name);
    await clock.advance(31 * DAY_MS);
    for (const name of ['often', 'once', 'often']) await play(name);

    expect(history.onRepeat(10).map(({ title }) => title)).toEqual(['often']);
    expect(facts.of(buildTrack('old').id).plays).toBe(3);
    expect(facts.of(buildTrack('often').id)).toEqual({ plays: 2, lastPlayedMs: clock.now() });
    const before = facts.revision();
    await play('once');
    expect(facts.revision()).not.toBe(before);
    expect(facts.of(buildTrack('once').id).plays).toBe(2);
  });

  it('takes one play away and puts it back, until the app quits', async () => {
    const folder = await temporaryFolder();
    const { history, play } = await openHistory(folder);
    for (const name of ['one', 'two', 'three']) await play(name);
    const [, two] = allOf(history);

    history.remove([two?.id ?? '']);
    expect(titles(allOf(history))).toEqual(['three', 'one']);
    history.restore();
    expect(titles(allOf(history))).toEqual(['three', 'two', 'one']);

    history.remove([two?.id ?? '']);
    history.close();
    expect((await readFile(join(folder, 'history.sqlite'))).includes('"two"')).toBe(false);
    const again = await openHistory(folder);
    again.history.restore();
    expect(titles(allOf(again.history))).toEqual(['three', 'one']);
  });

  it('leaves nothing of what was cleared in its folder', async () => {
    const folder = await temporaryFolder();
    const { history, play } = await openHistory(folder);
    await play('Unforgettable');

    history.clear();

    const contents = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')),
    );
    expect(contents.join('')).not.toContain('Unforgettable');
  });

  it('keeps as long as is chosen: all, a year, thirty days, nothing', async () => {
    const folder = await temporaryFolder();
    let keep: HistoryKeep = 'all';
    const { history, clock, play } = await openHistory(folder, () => keep);
    await play('two years ago');
    await clock.advance(670 * DAY_MS);
    await play('two months ago');
    await clock.advance(60 * DAY_MS);
    await play('now');
    expect(allOf(history)).toHaveLength(3);

    keep = 'year';
    history.keepChanged();
    expect(titles(allOf(history))).toEqual(['now', 'two months ago']);
    keep = 'month';
    history.keepChanged();
    expect(titles(allOf(history))).toEqual(['now']);
    keep = 'none';
    history.keepChanged();
    await play('later');
    expect(allOf(history)).toEqual([]);
  });

  it('takes over what earlier versions wrote, once', async () => {
    const folder = await temporaryFolder();
    const lines = ['one', 'two'].map((name, index) =>
      JSON.stringify({ track: buildTrack(name), playedAt: `2025-12-0${index + 1}T10:00:00.000Z` }),
    );
    const former = join(folder, 'history.jsonl');
    await writeFile(former, `${lines.join('\n')}\n{"torn`);

    const { history } = await openHistory(folder);
    expect(titles(allOf(history))).toEqual(['two', 'one']);
    expect(existsSync(former)).toBe(false);
    history.close();

    // As if it had been killed before the old file was gone.
    await writeFile(former, `${lines.join('\n')}\n`);
    expect(titles(allOf((await openHistory(folder)).history))).toEqual(['two', 'one']);
  });

  it('sets a file aside that is no history, and goes on', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'history.sqlite'),
      'certainly no database, and long enough to be none '.repeat(40),
    );

    const { history, play } = await openHistory(folder);
    await play('one');

    expect(titles(allOf(history))).toEqual(['one']);
    expect(await readdir(folder)).toContain('history.sqlite.broken');
  });

  it('says so when the disk does not take a play, and starts all the same', async () => {
    const folder = await temporaryFolder();
    // A file where the folder should be: nothing can be made in it.
    const blocked = join(folder, 'taken');
    await writeFile(blocked, '');

    const { history } = await openHistory(blocked);

    expect(history.recent(10)).toEqual([]);
    expect(() => history.record(buildTrack('one'), null)).toThrow(
      expect.objectContaining({ code: 'storage_failed' }),
    );
  });
});
