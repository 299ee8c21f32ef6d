/** What libraries promise over any store; every replica here knows nothing but the store. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchLog, documentRef, userKeyOf } from '../../src/catalog/library/library-keys.ts';
import { revisionKey } from '../../src/catalog/segments/keys.ts';
import { changesRequestSchema } from '../../src/contract/library-http.ts';
import type { OpenedStore } from '../contract/object-store.contract.ts';
import { createDevice, idOf, newPlaylist, tracksOf, type Device } from './devices.ts';
import { openReplica } from './replica-of-service.ts';

let users = 0;
const someone = (): string => `listener ${users++} / Ä`;

/** One after the other, as a device does. */
const saveOneByOne = async (device: Device, count: number, send: () => Promise<unknown>): Promise<void> => {
  for (let number = 0; number < count; number++) {
    device.edit('saved', 'saved', [
      { type: 'save', kind: 'track', items: [{ id: idOf(`${device.id.slice(-3)}n`, number) }] },
    ]);
    await send();
  }
};

export const describeLibraryStore = (
  options: { readonly name: string; readonly isSkipped?: boolean },
  open: () => Promise<OpenedStore>,
): void => {
  describe.skipIf(options.isSkipped)(`${options.name}`, () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('merge what four devices write through two replicas at once, and lose nothing', async () => {
      const userId = someone();
      const replicas = [openReplica(opened.open()), openReplica(opened.open())];
      const devices = Array.from({ length: 4 }, () => createDevice(userId));
      await Promise.all(
        devices.map((device, index) => {
          const replica = replicas[index % 2];
          if (replica === undefined) throw new Error('no replica');
          return saveOneByOne(device, 5, async () => {
            const [outcome] = await device.send(replica.sendAs(userId));
            expect(outcome?.outcome).toBe('taken');
          });
        }),
      );
      const conflicts = replicas.reduce((sum, { counts }) => sum + counts.conflicts, 0);
      expect(replicas.reduce((sum, { counts }) => sum + counts.written, 0)).toBe(20);
      const third = openReplica(opened.open());
      for (const device of [...devices, createDevice(userId)]) {
        await device.read(third.readAs(userId), 'saved');
        expect(device.saved().list('track').length).toBe(20);
      }
      expect(conflicts).toBeGreaterThanOrEqual(0);
      for (const replica of [...replicas, third]) await replica.close();
    });

    it('pass over what is sent again, and are as large as before', async () => {
      const userId = someone();
      const replica = openReplica(opened.open());
      const device = createDevice(userId);
      device.edit('saved', 'saved', [{ type: 'save', kind: 'album', items: [{ id: idOf('album', 1) }] }]);
      const send = replica.sendAs(userId);
      let twice: unknown = null;
      const [first] = await device.send(async (request) => {
        const outcomes = await send(request);
        twice = await openReplica(opened.open()).sendAs(userId)(request);
        return outcomes;
      });
      expect(first).toEqual({ document: 'saved', outcome: 'taken', revision: 1 });
      expect(twice).toEqual([first]);
      await replica.close();
    });

    it('take several changes of one playlist in the order in which they were sent', async () => {
      const userId = someone();
      const replica = openReplica(opened.open());
      const device = createDevice(userId);
      const document = `playlist:${idOf('order', users)}` as const;
      const edits = newPlaylist('Reihenfolge', 2);
      const outcomes = await replica.changes.take(
        userId,
        changesRequestSchema.parse({
          device: device.id,
          changes: edits.map((edit) => ({
            document,
            operations: device.edit('playlist', document, [edit]),
          })),
        }),
      );
      expect(outcomes).toEqual([
        { document, outcome: 'taken', revision: 1 },
        { document, outcome: 'taken', revision: 2 },
      ]);
      await replica.close();
    });

    it('are read from a snapshot when the log is long, and trimmed after a day', async () => {
      const userId = someone();
      let nowMs = Date.now();
      const replica = openReplica(opened.open(), { nowMs: () => nowMs });
      const device = createDevice(userId, () => nowMs);
      const send = () => device.send(replica.sendAs(userId));
      const reader = createDevice(userId, () => nowMs);
      await saveOneByOne(device, 3, send);
      await reader.read(replica.readAs(userId), 'saved');
      await saveOneByOne(device, 0, send);
      const ids = Array.from({ length: 140 }, (_, number) => idOf('more', number));
      for (const id of ids) {
        if (id === ids[70]) nowMs += 25 * 3_600_000;
        device.edit('saved', 'saved', [{ type: 'save', kind: 'artist', items: [{ id }] }]);
        await send();
      }
      await replica.close();
      const log = batchLog(documentRef('saved', userKeyOf(userId)).folder);
      const logged: string[] = [];
      for await (const { key } of opened.store.list(`${log}/`)) logged.push(key);
      expect(logged.length).toBeLessThan(143);
      // As a trimming leaves it that was cut short.
      const some = await opened.store.getBytes(logged[0] ?? '');
      await opened.store.put(revisionKey(log, 2), some ?? new Uint8Array(), {
        contentType: 'application/json',
      });
      const fresh = openReplica(opened.open(), { nowMs: () => nowMs });
      const newcomer = createDevice(userId, () => nowMs);
      for (const each of [reader, newcomer]) {
        await each.read(fresh.readAs(userId), 'saved');
        expect(each.saved().list('artist').length).toBe(140);
        expect(each.saved().list('track').length).toBe(3);
      }
      await fresh.close();
    });

    it('let an invited listener in once, and nobody else with the same code', async () => {
      const [owner, friend, stranger] = [someone(), someone(), someone()];
      const replica = openReplica(opened.open());
      const other = openReplica(opened.open());
      const id = idOf('plist', users);
      const device = createDevice(owner);
      device.edit('playlist', `playlist:${id}`, newPlaylist('Kieswege', 3));
      expect(await device.send(replica.sendAs(owner))).toMatchObject([{ outcome: 'taken' }]);
      const invitation = await replica.invitations.create(id, 'editor');
      if (invitation === null) throw new Error('no invitation');
      const joins = await Promise.all([
        replica.invitations.join(friend, invitation.code),
        other.invitations.join(stranger, invitation.code),
      ]);
      expect(joins.map(({ is }) => is).sort()).toEqual(['member', 'void']);
      const member = joins[0].is === 'member' ? friend : stranger;
      expect(await other.invitations.join(member, invitation.code)).toMatchObject({ is: 'member' });
      const theirs = createDevice(member);
      await theirs.read(other.readAs(member), `playlist:${id}`);
      expect(tracksOf(theirs.playlist(id))).toHaveLength(3);
      const documents = await replica.documents(member);
      expect(documents.map(({ document }) => document)).toContain(`playlist:${id}`);
      await replica.close();
      await other.close();
    });

    it('delete everything of a listener, and leave others what is theirs', async () => {
      const [leaving, staying] = [someone(), someone()];
      const replica = openReplica(opened.open());
      const other = openReplica(opened.open());
      const [theirs, shared] = [idOf('gone', users), idOf('kept', users)];
      const device = createDevice(leaving);
      const stayer = createDevice(staying);
      device.edit('playlist', `playlist:${theirs}`, newPlaylist('Geht', 2));
      device.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', 1) }] }]);
      await device.send(replica.sendAs(leaving));
      stayer.edit('playlist', `playlist:${shared}`, newPlaylist('Bleibt', 2));
      await stayer.send(other.sendAs(staying));
      for (const [host, guest, id] of [
        [replica, staying, theirs],
        [other, leaving, shared],
      ] as const) {
        const invitation = await host.invitations.create(id, 'editor');
        expect(await host.invitations.join(guest, invitation?.code ?? '')).toMatchObject({ is: 'member' });
      }
      await device.read(other.readAs(leaving), `playlist:${shared}`);
      device.edit('playlist', `playlist:${shared}`, [
        { type: 'add', before: null, tracks: [{ trackId: idOf('gift', 1) }] },
      ]);
      await device.send(replica.sendAs(leaving));
      // The other replica holds what is about to go.
      await other.reading.read(leaving, 'saved', 0);

      await replica.listeners.delete(leaving);

      expect(await other.documents(leaving)).toEqual([
        { document: 'saved', revision: 2 },
        { document: 'shelf', revision: 0 },
      ]);
      expect(await other.playlist(staying, theirs)).toBeNull();
      expect((await other.documents(staying)).map(({ document }) => document)).not.toContain(
        `playlist:${theirs}`,
      );
      expect(await other.playlist(staying, shared)).toMatchObject({
        itemCount: 3,
        members: [{ userId: staying, role: 'owner' }],
      });
      // A device of the one who left that still sends begins a library of its own.
      device.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', 2) }] }]);
      expect(await device.send(other.sendAs(leaving))).toMatchObject([{ outcome: 'taken' }]);
      const newcomer = createDevice(leaving);
      await newcomer.read(openReplica(opened.open()).readAs(leaving), 'saved');
      expect(newcomer.saved().savedAtMs('track', idOf('t', 1))).toBeNull();
      expect(newcomer.saved().savedAtMs('track', idOf('t', 2))).not.toBeNull();
      await replica.close();
      await other.close();
    });
  });
};
