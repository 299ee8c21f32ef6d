/** A replica is killed before every single operation on the store: what was confirmed is there, and the rest comes. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Play } from '../../src/contract/library-http.ts';
import type { OpenedStore } from '../contract/object-store.contract.ts';
import { openTestFolder } from '../contract/open-test-stores.ts';
import { createDevice, idOf, newPlaylist, type Device } from './devices.ts';
import { dyingStore } from './dying-store.ts';
import { openReplica, type LibraryReplica } from './replica-of-service.ts';

let opened: OpenedStore;
beforeAll(async () => {
  opened = await openTestFolder();
});
afterAll(() => opened.close());

let runs = 0;
const replicas: LibraryReplica[] = [];
const openNext = (store = opened.open()): LibraryReplica => {
  const replica = openReplica(store);
  replicas.push(replica);
  return replica;
};
afterEach(async () => {
  for (const replica of replicas.splice(0)) await replica.close();
});

/** Carries out steps with replicas that die at that operation and are replaced; gives how many operations there were in one life. */
const withDeath = async (
  deathAt: number,
  steps: readonly ((replica: LibraryReplica) => Promise<void>)[],
): Promise<number> => {
  const first = dyingStore(opened.open(), deathAt);
  let replica = openNext(first);
  for (const step of steps) {
    try {
      await step(replica);
    } catch (error) {
      if (!first.isDead()) throw error;
      replica = openNext();
      await step(replica);
    }
  }
  return first.count();
};

/**
 * Every death there can be: without one it is counted how many operations there are. To die after an operation is to die before
 * the next.
 */
const throughAllDeaths = async (
  story: (deathAt: number, run: number) => Promise<number>,
): Promise<{ readonly deaths: number }> => {
  const deaths = await story(0, (runs += 1));
  for (let at = 1; at <= deaths; at++) await story(at, (runs += 1));
  return { deaths };
};

const savedIds = async (userId: string): Promise<readonly string[]> => {
  const reader = createDevice(userId);
  await reader.read(openNext().readAs(userId), 'saved');
  return [...reader.saved().list('track')].map(({ id }) => id).sort();
};
const save = (device: Device, number: number): void => {
  device.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('like', number) }] }]);
};

describe('a replica that is killed', () => {
  it('loses no like that was confirmed, and takes none twice', async () => {
    const { deaths } = await throughAllDeaths(async (deathAt, run) => {
      const userId = `likes ${run}`;
      const device = createDevice(userId);
      const confirmed: string[] = [];
      const steps = [1, 2, 3].map((number) => async (replica: LibraryReplica) => {
        if (!confirmed.includes(idOf('like', number))) save(device, number);
        // What was confirmed is there, whatever became of the replica since.
        expect(await savedIds(userId)).toEqual(expect.arrayContaining(confirmed));
        expect(await device.send(replica.sendAs(userId))).toMatchObject([{ outcome: 'taken' }]);
        confirmed.push(idOf('like', number));
      });
      const count = await withDeath(deathAt, steps);
      expect(await savedIds(userId)).toEqual([1, 2, 3].map((number) => idOf('like', number)));
      return count;
    });
    expect(deaths).toBeGreaterThan(3);
  });

  it('leaves a playlist and its members whole: made, joined, left', async () => {
    const { deaths } = await throughAllDeaths(async (deathAt, run) => {
      const [owner, friend] = [`owner ${run}`, `friend ${run}`];
      const id = idOf('kills', run);
      const [device, theirs] = [createDevice(owner), createDevice(friend)];
      device.edit('playlist', `playlist:${id}`, newPlaylist('Kies', 2));
      let code = '';
      const count = await withDeath(deathAt, [
        async (replica) => {
          expect(await device.send(replica.sendAs(owner))).toMatchObject([{ outcome: 'taken' }]);
        },
        async (replica) => {
          code = (await replica.invitations.create(id, 'editor'))?.code ?? '';
        },
        async (replica) => {
          expect(await replica.invitations.join(friend, code)).toMatchObject({ is: 'member' });
        },
        async () => {
          const replica = openNext();
          const documents = await replica.documents(friend);
          expect(documents.map(({ document }) => document)).toContain(`playlist:${id}`);
          await theirs.read(replica.readAs(friend), `playlist:${id}`);
          theirs.edit('playlist', `playlist:${id}`, [{ type: 'member', userId: friend, role: null }]);
        },
        async (replica) => {
          expect(await theirs.send(replica.sendAs(friend))).toMatchObject([{ outcome: 'taken' }]);
        },
      ]);
      const after = openNext();
      expect(await after.playlist(owner, id)).toMatchObject({ itemCount: 2, members: [{ userId: owner }] });
      expect((await after.documents(friend)).map(({ document }) => document)).toEqual(['saved', 'shelf']);
      expect((await after.documents(owner)).map(({ document }) => document)).toContain(`playlist:${id}`);
      return count;
    });
    expect(deaths).toBeGreaterThan(10);
  });

  it('finishes the deletion of a listener that it had begun', async () => {
    const { deaths } = await throughAllDeaths(async (deathAt, run) => {
      const [leaving, staying] = [`leaving ${run}`, `staying ${run}`];
      const id = idOf('leave', run);
      const device = createDevice(leaving);
      const prepared = openNext();
      save(device, 1);
      device.edit('playlist', `playlist:${id}`, newPlaylist('Geht', 1));
      await device.send(prepared.sendAs(leaving));
      const invitation = await prepared.invitations.create(id, 'viewer');
      await prepared.invitations.join(staying, invitation?.code ?? '');
      await prepared.plays.take(leaving, [
        {
          stamp: device.pen.clock.next(),
          trackId: idOf('t', 1),
          playedAt: '2026-04-01T10:00:00Z',
          heardMs: 9,
        },
      ]);

      const dying = dyingStore(opened.open(), deathAt);
      await openNext(dying)
        .listeners.delete(leaving)
        .catch((error: unknown) => {
          if (!dying.isDead()) throw error;
        });
      // Whichever replica comes next. One that was killed before it wrote anything down has begun nothing.
      const next = openNext();
      next.start({ info: () => undefined, warn: () => undefined, error: () => undefined });
      await next.close();
      if (deathAt === 1) await next.listeners.delete(leaving);

      const fresh = openNext();
      expect(await savedIds(leaving)).toEqual([]);
      expect((await fresh.plays.page(leaving, null, 10)).plays).toEqual([]);
      expect(await fresh.playlist(staying, id)).toBeNull();
      expect((await fresh.documents(staying)).map(({ document }) => document)).toEqual(['saved', 'shelf']);
      const left: string[] = [];
      for await (const { key } of opened.store.list('library/deletions/')) left.push(key);
      expect(left).toEqual([]);
      return dying.count();
    });
    expect(deaths).toBeGreaterThan(10);
  });

  it('loses no play that was confirmed, and brings back none that was removed', async () => {
    const { deaths } = await throughAllDeaths(async (deathAt, run) => {
      const userId = `plays ${run}`;
      const device = createDevice(userId);
      const playAt = (day: number, hour: number): Play => ({
        stamp: device.pen.clock.next(),
        trackId: idOf('track', day),
        playedAt: new Date(Date.UTC(2026, 1, day, hour)).toISOString(),
        heardMs: 30_000,
      });
      const [old, first, second, third] = [playAt(1, 1), playAt(2, 1), playAt(2, 2), playAt(3, 1)];
      const all = async (): Promise<readonly string[]> => {
        const days = await Array.fromAsync(openNext().plays.all(userId));
        return days.flat().map(({ stamp }) => stamp);
      };
      const count = await withDeath(deathAt, [
        (replica) => replica.plays.take(userId, [old, first, second, third]),
        (replica) => replica.plays.removeSingle(userId, [second]),
        async () => expect(await all()).toEqual([third, first, old].map(({ stamp }) => stamp)),
        (replica) => replica.plays.remove(userId, first.playedAt),
        // Sent again by a device that had no answer.
        (replica) => replica.plays.take(userId, [old, second]),
        async (replica) => void (await replica.plays.days(userId)),
      ]);
      expect(await all()).toEqual([third, first].map(({ stamp }) => stamp));
      return count;
    });
    expect(deaths).toBeGreaterThan(10);
  });
});
