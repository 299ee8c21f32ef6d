/** What is played on one computer is in the history of the other, and what is removed on one is in neither. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { TakenOut } from '../../src/contract/account-data.ts';
import { libraryExportSchema } from '../../src/contract/library-http.ts';
import { openTwoComputers } from './two-computers.ts';

const SOON = { timeout: 15_000, interval: 20 };
const MINUTE_MS = 60_000;
const ago = (minutes: number, heardMs = 30_000) => ({
  id: `listening-${minutes}-minutes-ago`,
  agoMs: minutes * MINUTE_MS,
  heardMs,
});

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

    const taken = (await other.answerOf('accountData.takeOut', { language: 'en' })) as TakenOut;
    const files = unzipSync(Buffer.from(taken.file.base64, 'base64'));
    const textOf = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
    expect(textOf('history.csv').match(/Quelle/g)).toHaveLength(1);
    expect(libraryExportSchema.parse(JSON.parse(textOf('riffle-library.json'))).plays).toHaveLength(1);
  });
});
