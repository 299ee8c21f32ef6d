/** What is played on one computer is in the history of the other, and what is removed on one is in neither. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { TakenOut } from '../../src/contract/account-data.ts';
import { libraryExportSchema } from '../../src/contract/library-http.ts';
import { callsOf, EVERYTHING, handOver, untilImport } from '../exchange/exchange-stand.ts';
import { openTwoComputers, type Computer } from './two-computers.ts';

const SOON = { timeout: 15_000, interval: 20 };
const MINUTE_MS = 60_000;
const ago = (minutes: number, heardMs = 30_000) => ({
  id: `listening-${minutes}-minutes-ago`,
  agoMs: minutes * MINUTE_MS,
  heardMs,
});

const takenOut = async ({ answerOf }: Computer): Promise<Buffer> => {
  // What is in it is looked at below.
  const { file } = (await answerOf('accountData.takeOut', { language: 'en' })) as TakenOut;
  return Buffer.from(file.base64, 'base64');
};
/** From choosing the files to the last step, with everything in them chosen. */
const bringIn = async ({ opened }: Computer, files: Readonly<Record<string, string | Uint8Array>>) => {
  const calls = callsOf(opened.host);
  const read = await handOver(calls, files);
  await calls.exchange.start({ playlists: [], ...EVERYTHING });
  await untilImport(calls, 'matched');
  await calls.exchange.take();
  const { toTake, failure } = await untilImport(calls, 'matched');
  expect({ toTake, failure }).toEqual({ toTake: 0, failure: null });
  await calls.exchange.dismiss();
  return read;
};

describe('two computers of one listener', { timeout: 60_000 }, () => {
  it('have the same history, in the order of time, and say what was played elsewhere', async () => {
    const { one, other, again } = await openTwoComputers();
    await one.play('Kiesbett', ago(9));
    await other.play('Delta', ago(6));
    await one.play('Mündung', ago(3));
    const all = ['Mündung', 'Delta', 'Kiesbett'];
    for (const computer of [one, other]) await expect.poll(() => computer.titles(), SOON).toEqual(all);
    expect((await one.history()).map(({ isFromHere }) => isFromHere)).toEqual([true, false, true]);
    expect((await other.history()).map(({ isFromHere }) => isFromHere)).toEqual([false, true, false]);
    expect(await other.titles('kies')).toEqual(['Kiesbett']);
    expect(other.opened.host.snapshot().history.map(({ track }) => track.title)).toEqual(all);

    // More of it is heard; once more is often.
    const [newest] = await one.history();
    await one.answerOf('history.heard', { track: newest?.track, play: ago(3, 120_000) });
    await expect.poll(async () => (await other.history())[0]?.heardMs, SOON).toBe(120_000);
    await other.play('Mündung', ago(1));
    await expect.poll(() => one.titles(), SOON).toEqual(['Mündung', ...all]);
    expect(await one.answerOf('history.onRepeat', { limit: 10 })).toMatchObject([{ title: 'Mündung' }]);

    // After a restart everything stands there once.
    const restarted = await again(one);
    await restarted.play('Quelle', ago(0));
    for (const computer of [restarted, other])
      await expect.poll(() => computer.titles(), SOON).toEqual(['Quelle', 'Mündung', ...all]);
    const isFromHere = (await restarted.history()).map((entry) => entry.isFromHere);
    expect(isFromHere).toEqual([true, false, true, false, true]);
  });

  it('get what was played and removed without the service as soon as it is back', async () => {
    const { one, other, stopService, startService } = await openTwoComputers();
    await one.play('Kiesbett', ago(9));
    await one.play('Quelle', ago(8));
    await expect.poll(() => other.titles(), SOON).toHaveLength(2);
    await stopService();
    await one.play('Delta', ago(6));
    await other.play('Mündung', ago(3));
    const kiesbett = (await other.history()).find(({ track }) => track.title === 'Kiesbett');
    await other.answerOf('history.remove', { ids: [kiesbett?.id] });
    expect(await one.titles()).toEqual(['Delta', 'Quelle', 'Kiesbett']);
    await startService();
    for (const { opened } of [one, other]) await opened.host.call('status.check', null);
    for (const computer of [one, other])
      await expect.poll(() => computer.titles(), SOON).toEqual(['Mündung', 'Delta', 'Quelle']);
  });

  it('have nothing of what was removed on one of them, and again what was put back', async () => {
    const { one, other } = await openTwoComputers();
    await one.play('Kiesbett', ago(9));
    await other.play('Delta', ago(6));
    for (const computer of [one, other]) await expect.poll(() => computer.titles(), SOON).toHaveLength(2);

    const [delta] = await one.history();
    await one.answerOf('history.remove', { ids: [delta?.id] });
    for (const computer of [one, other])
      await expect.poll(() => computer.titles(), SOON).toEqual(['Kiesbett']);
    await one.answerOf('history.restore');
    for (const computer of [one, other])
      await expect.poll(() => computer.titles(), SOON).toEqual(['Delta', 'Kiesbett']);

    await other.answerOf('history.clear');
    await expect.poll(() => one.titles(), SOON).toEqual([]);
    await one.play('Quelle');
    for (const computer of [one, other]) await expect.poll(() => computer.titles(), SOON).toEqual(['Quelle']);

    // What one of them does not keep any longer, nobody does.
    await one.answerOf('settings.change', { historyKeep: 'none' });
    await expect.poll(() => other.titles(), SOON).toEqual([]);
    await other.play('Delta');
    await one.answerOf('settings.change', { historyKeep: 'all' });
    await expect.poll(() => one.titles(), SOON).toEqual(['Delta']);
  });

  it('tell nobody of a private session, and take each play out once', async () => {
    const { one, other } = await openTwoComputers();
    await one.answerOf('privacy.setPrivate', { on: true });
    await one.play('Kiesbett');
    await one.answerOf('privacy.setPrivate', { on: false });
    await one.play('Delta', { id: 'began-while-private', agoMs: MINUTE_MS, heardMs: 30_000 });
    await one.play('Quelle');
    await expect.poll(() => other.titles(), SOON).toEqual(['Quelle']);

    const files = unzipSync(await takenOut(other));
    const textOf = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
    expect(textOf('history.csv').match(/Quelle/g)).toHaveLength(1);
    expect(libraryExportSchema.parse(JSON.parse(textOf('riffle-library.json'))).plays).toHaveLength(1);
  });

  it('bring in what another program knows, and what they took out themselves, once each', async () => {
    const { one, other } = await openTwoComputers();
    await one.play('Quelle', ago(5));
    await expect.poll(() => other.titles(), SOON).toEqual(['Quelle']);
    const archive = await takenOut(other);
    await other.answerOf('history.clear');
    await expect.poll(() => one.titles(), SOON).toEqual([]);

    const read = await bringIn(one, { 'mine.zip': archive });
    expect(read).toMatchObject({ state: 'read', preview: { plays: 1, passedPlays: 0 } });
    for (const computer of [one, other]) await expect.poll(() => computer.titles(), SOON).toEqual(['Quelle']);
    // The other has it already.
    await bringIn(other, { 'mine.zip': archive });
    expect(await other.titles()).toEqual(['Quelle']);

    const heard = (endTime: string, trackName: string, msPlayed: number) => ({
      endTime,
      artistName: 'Lene Wörner Trio',
      trackName,
      msPlayed,
    });
    const foreign = [
      heard('2024-03-04 05:06', 'Kiesbett', 200_000),
      heard('2024-03-05 05:06', 'Kiesbett', 215_000),
      heard('2024-03-06 05:06', 'Delta', 3_000),
    ];
    await bringIn(other, { 'StreamingHistory_music_0.json': JSON.stringify(foreign) });
    for (const computer of [one, other])
      await expect.poll(() => computer.titles(), SOON).toEqual(['Quelle', 'Kiesbett', 'Kiesbett']);
    expect((await one.history()).at(-1)?.playedAt).toBe('2024-03-04T05:06:00.000Z');
  });
});
