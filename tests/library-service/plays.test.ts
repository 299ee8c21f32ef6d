/** What was played, as the devices of a listener find it out from each other, at two replicas. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importReplySchema,
  libraryExportSchema,
  libraryPaths,
  playDaysSchema,
  playsOfDaysSchema,
  type Play,
} from '../../src/contract/library-http.ts';
import { createDevice, idOf, type Device } from './devices.ts';
import { openTwoReplicas, sending, type Listener, type TwoReplicas } from './two-replicas.ts';

let replicas: TwoReplicas;
beforeAll(async () => {
  replicas = await openTwoReplicas();
});
afterAll(() => replicas.close());

const HOUR_MS = 3_600_000;
const playsOf = (device: Device, count: number, from = Date.UTC(2026, 2, 1)): readonly Play[] =>
  Array.from({ length: count }, (_, number) => ({
    stamp: device.pen.clock.next(),
    trackId: idOf('track', number),
    playedAt: new Date(from + number * 6 * HOUR_MS).toISOString(),
    heardMs: 1000 * number,
  }));

const of = (lene: Listener, device: Device) => {
  const at = replicas.one;
  return {
    send: (plays: readonly Play[]) =>
      lene.ask(at, libraryPaths.plays, sending('POST', { device: device.id, plays })),
    remove: (plays: readonly Play[]) =>
      lene.ask(
        at,
        libraryPaths.playsRemovals,
        sending('POST', { plays: plays.map(({ stamp, playedAt }) => ({ stamp, playedAt })) }),
      ),
    removeBefore: (before?: string) => lene.ask(at, libraryPaths.plays, sending('DELETE', { before })),
    days: () => lene.json(replicas.other, playDaysSchema, libraryPaths.playDays),
    ofDays: async (days: readonly string[]) =>
      (
        await lene.json(
          replicas.other,
          playsOfDaysSchema,
          `${libraryPaths.playsOfDays}?days=${days.join(',')}`,
        )
      ).days,
    async all(): Promise<readonly Play[]> {
      const { days } = await this.days();
      if (days.length === 0) return [];
      const read = await this.ofDays(days.map(({ day }) => day).toReversed());
      return read.flatMap(({ plays }) => plays);
    },
    exported: () => lene.json(replicas.other, libraryExportSchema, libraryPaths.export),
    bringIn: (content: unknown) =>
      lene.json(at, importReplySchema, libraryPaths.export, sending('POST', content)),
  };
};
const openPlays = async (name: string, count: number) => {
  const lene = await replicas.listener(name);
  const device = createDevice(name);
  const plays = playsOf(device, count);
  const service = of(lene, device);
  await service.send(plays);
  return { lene, plays, service };
};

describe('plays by the day', () => {
  it('have a tag that moves when anything of the day does, and with it alone', async () => {
    const { plays, service } = await openPlays('tags', 6);
    const before = (await service.days()).days;
    expect(before.map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-02']);
    expect(await service.days()).toEqual({ removals: [], days: before });
    expect(await service.all()).toEqual(plays.toReversed());

    await service.send(plays.slice(0, 1).map((play) => ({ ...play, heardMs: 99_000 })));
    const { days } = await service.days();
    expect(days[0]?.tag).not.toBe(before[0]?.tag);
    expect(days[1]).toEqual(before[1]);
    // As the answer about the day itself says, unless it was just made one object.
    const [read] = await service.ofDays(['2026-03-01']);
    expect(read?.tag).toBe(days[0]?.tag);
    // The most that was heard, whichever came last.
    await service.send(plays.slice(0, 1));
    expect((await service.all()).at(-1)?.heardMs).toBe(99_000);
    expect(await service.ofDays(['2025-01-01'])).toMatchObject([
      { day: '2025-01-01', plays: [], removed: [] },
    ]);
  });

  it('stay away once they were removed one by one, also when they are sent again', async () => {
    const { plays, service } = await openPlays('single', 6);
    const [first, , third] = plays;
    if (first === undefined || third === undefined) throw new Error('there are six');
    expect((await service.remove([first, third])).status).toBe(204);
    const rest = plays.filter((play) => play !== first && play !== third).toReversed();
    expect(await service.all()).toEqual(rest);

    // An answer was lost.
    await service.send(plays);
    expect(await service.all()).toEqual(rest);
    expect((await service.exported()).plays).toEqual(rest);
    const [day] = await service.ofDays(['2026-03-01']);
    expect(day?.removed.toSorted()).toEqual([first.stamp, third.stamp].toSorted());
    // In the store stands when each was removed, and not what it was.
    const stored: string[] = [];
    for await (const { key } of replicas.home.store.list('library/users/'))
      if (key.includes('/plays/2026-03-01/'))
        stored.push(Buffer.from((await replicas.home.store.getBytes(key)) ?? []).toString());
    expect(stored.filter((text) => text.includes(first.stamp) && text.includes('trackId'))).toEqual([]);
  });

  it('of before a time stay away as well; what is written down later may be older', async () => {
    const { lene, plays, service } = await openPlays('before', 6);
    const late = createDevice('before', () => Date.now() + 60_000);
    await service.removeBefore(plays[4]?.playedAt);
    await service.send(plays);
    expect(await service.all()).toEqual(plays.slice(4).toReversed());
    const { removals } = await service.days();
    expect(removals.map(({ before }) => before)).toEqual([plays[4]?.playedAt]);

    const older = playsOf(late, 1);
    await of(lene, late).send(older);
    expect(await service.all()).toEqual([...plays.slice(4).toReversed(), ...older]);

    await service.removeBefore();
    expect(await service.all()).toEqual([]);
    // The later one says it all.
    expect((await service.days()).removals).toHaveLength(1);
    await service.send(plays);
    expect(await service.all()).toEqual([]);
  });

  it('come back with an export that is brought in, once', async () => {
    const { plays, service } = await openPlays('again', 6);
    const taken = await service.exported();
    await service.remove(plays.slice(4, 5));
    await service.removeBefore(plays[2]?.playedAt);
    await service.bringIn(taken);
    await service.bringIn(taken);
    const facts = (some: readonly Play[]) => some.map(({ trackId, playedAt }) => [trackId, playedAt]);
    expect(facts(await service.all())).toEqual(facts(plays.toReversed()));
  });

  it('are all there while many are sent and the day is made one object under their readers', async () => {
    const { lene, plays, service } = await openPlays('busy', 1);
    const others = Array.from({ length: 3 }, () => createDevice('busy'));
    const [day = ''] = plays.map(({ playedAt }) => playedAt.slice(0, 10));
    const sent = new Set(plays.map(({ stamp }) => stamp));
    const confirmed = new Set(sent);
    await Promise.all(
      others.map(async (device) => {
        for (const play of playsOf(device, 14).map((one) => ({ ...one, playedAt: `${day}T12:00:00.000Z` }))) {
          sent.add(play.stamp);
          await of(lene, device).send([play]);
          confirmed.add(play.stamp);
          const before = [...confirmed];
          const [read] = await service.ofDays([day]);
          const there = new Set(read?.plays.map(({ stamp }) => stamp));
          expect(before.filter((stamp) => !there.has(stamp))).toEqual([]);
        }
      }),
    );
    expect((await service.all()).map(({ stamp }) => stamp).toSorted()).toEqual([...sent].toSorted());
    let objects = 0;
    for await (const { key } of replicas.home.store.list('library/users/'))
      if (key.includes(`/plays/${day}/`)) objects += 1;
    expect(objects).toBeLessThan(sent.size / 2);
  });

  it('are told of as they change, at every replica', async () => {
    const { lene, plays, service } = await openPlays('told', 2);
    const ear = await lene.listenTo(replicas.other);
    // That it listens now, and what was sent just before.
    await expect.poll(ear.playsTold, { timeout: 10_000 }).toBe(2);
    await service.remove(plays);
    await expect.poll(ear.playsTold, { timeout: 10_000 }).toBe(3);
    ear.close();
  });
});
