/** Listeners with several devices, and with each other, at two replicas of one service. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MOST_AHEAD_MS } from '../../src/core/library/stamp.ts';
import {
  documentListSchema,
  invitationSchema,
  libraryPaths,
  playlistSchema,
  type Invitation,
} from '../../src/contract/library-http.ts';
import type { RunningService } from '../builders/catalog-service.ts';
import { createDevice, idOf, newPlaylist, tracksOf } from './devices.ts';
import { openTwoReplicas, sending, type Listener, type TwoReplicas } from './two-replicas.ts';

let replicas: TwoReplicas;
/** Each story has listeners and a playlist of its own. */
let story = 0;
let ID: string;
let NAME: `playlist:${string}`;
let LENE: string;
let OTTO: string;
let MIA: string;
beforeAll(async () => {
  replicas = await openTwoReplicas();
});
afterAll(() => replicas.close());
beforeEach(() => {
  story += 1;
  ID = idOf('kieswege', story);
  NAME = `playlist:${ID}`;
  [LENE, OTTO, MIA] = [`lene-${story}`, `otto-${story}`, `mia-${story}`];
});
const invited = (owner: Listener, service: RunningService, role = 'editor'): Promise<Invitation> =>
  owner.json(
    service,
    invitationSchema,
    libraryPaths.invitations.replace(':id', ID),
    sending('POST', { role }),
  );
const joining = (code: string): string => libraryPaths.invitation.replace(':code', code);
const pathOf = (id: string): string => libraryPaths.playlist.replace(':id', id);

describe('the devices of one listener', () => {
  it('see each other’s likes within two seconds, at another replica too', async () => {
    const { one, other, listener } = replicas;
    const lene = await listener(LENE);
    const [laptop, desk] = [createDevice(LENE), createDevice(LENE)];
    const ear = await lene.listenTo(other);
    await ear.heard(({ document }) => document === 'shelf');
    // A machine that stands still makes it late; it does not do so each time.
    let tookMs = Infinity;
    for (let like = 1; like <= 3 && tookMs >= 2000; like += 1) {
      laptop.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', like) }] }]);
      const begunMs = performance.now();
      await laptop.send(lene.sendTo(one));
      await ear.heard(({ document, revision }) => document === 'saved' && revision === like);
      tookMs = performance.now() - begunMs;
    }
    expect(tookMs).toBeLessThan(2000);
    await desk.read(lene.readFrom(other), 'saved');
    expect(desk.saved().savedAtMs('track', idOf('t', 1))).not.toBeNull();
  });

  it('are asked to correct a clock that runs ahead, and to send what is theirs', async () => {
    const { one, listener } = replicas;
    const lene = await listener(LENE);
    const fast = createDevice(LENE, () => Date.now() + 2 * MOST_AHEAD_MS);
    fast.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', 1) }] }]);
    const outcomes = await fast.send(lene.sendTo(one));
    expect(outcomes).toMatchObject([{ document: 'saved', outcome: 'clock_ahead' }]);

    const right = createDevice(LENE);
    right.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', 1) }] }]);
    await right.send(async (request) => {
      const forged = { ...request, device: fast.id };
      const answer = await lene.ask(one, libraryPaths.changes, sending('POST', forged));
      expect(answer.status).toBe(400);
      return [];
    });
  });

  it('are let go when their token ends', async () => {
    const { one, listener } = replicas;
    let hasHeard = false;
    // A machine that stands still may use up the first two seconds before anything is told.
    for (let seconds = 2; seconds <= 8 && !hasHeard; seconds *= 2) {
      const ear = await (await listener(LENE, seconds)).listenTo(one);
      await ear.ended;
      hasHeard = ear.events.some(({ document }) => document === 'saved');
    }
    expect(hasHeard).toBe(true);
  });
});

describe('a playlist of several listeners', () => {
  it('is made, shared by invitation, edited together, and left', async () => {
    const { one, other, log, listener } = replicas;
    const [lene, otto, mia] = [await listener(LENE), await listener(OTTO), await listener(MIA)];
    const [lenes, ottos, mias] = [createDevice(LENE), createDevice(OTTO), createDevice(MIA)];
    lenes.edit('playlist', NAME, newPlaylist('Kieswege', 2));
    expect(await lenes.send(lene.sendTo(one))).toMatchObject([{ outcome: 'taken', revision: 1 }]);
    expect((await otto.ask(other, pathOf(ID))).status).toBe(404);

    const ear = await otto.listenTo(other);
    const { code } = await invited(lene, one);
    const joined = await otto.json(one, playlistSchema, joining(code), sending('POST'));
    expect(joined).toMatchObject({ name: 'Kieswege', role: 'editor', itemCount: 2 });
    expect(joined.members.map(({ userId }) => userId)).toEqual([LENE, OTTO]);
    await ear.heard(({ document, revision }) => document === NAME && revision !== null);
    expect((await mia.ask(one, joining(code), sending('POST'))).status).toBe(404);

    await ottos.read(otto.readFrom(other), NAME);
    ottos.edit('playlist', NAME, [{ type: 'add', before: null, tracks: [{ trackId: idOf('neu', 1) }] }]);
    lenes.edit('playlist', NAME, [{ type: 'edit', changes: { name: 'Feldwege' } }]);
    await Promise.all([ottos.send(otto.sendTo(other)), lenes.send(lene.sendTo(one))]);
    await lenes.read(lene.readFrom(one), NAME);
    await ottos.read(otto.readFrom(other), NAME);
    for (const device of [lenes, ottos]) {
      expect(device.playlist(ID).view().details.name).toBe('Feldwege');
      expect(tracksOf(device.playlist(ID))).toContain(idOf('neu', 1));
      expect(device.playlist(ID).view().items.at(2)?.addedBy).toBe(OTTO);
    }

    // What an editor may not: who sees it. And what nobody may who is not there: anything.
    ottos.edit('playlist', NAME, [{ type: 'edit', changes: { visibility: 'public' } }]);
    ottos.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', 9) }] }]);
    expect(await ottos.send(otto.sendTo(one))).toMatchObject([
      { document: NAME, outcome: 'forbidden' },
      { document: 'saved', outcome: 'taken' },
    ]);
    mias.edit('playlist', NAME, newPlaylist('Meins', 0).slice(0, 1));
    expect(await mias.send(mia.sendTo(one))).toMatchObject([{ outcome: 'forbidden' }]);

    lenes.edit('playlist', NAME, [{ type: 'member', userId: OTTO, role: null }]);
    expect(await lenes.send(lene.sendTo(one))).toMatchObject([{ outcome: 'taken' }]);
    await ear.heard(({ document, revision }) => document === NAME && revision === null);
    expect(await otto.readFrom(other)(NAME, 0)).toBeNull();
    const { documents } = await otto.json(other, documentListSchema, libraryPaths.documents);
    expect(documents.map(({ document }) => document)).toEqual(['saved', 'shelf']);
    expect(log.join('')).not.toContain(code.slice(20));
    expect(log.join('')).toContain(libraryPaths.invitation);
  });

  it('shows itself to whoever has the link when it is public, without telling who else adds to it', async () => {
    const { one, other, listener } = replicas;
    const [lene, mia] = [await listener(LENE), await listener(MIA)];
    const device = createDevice(LENE);
    device.edit('playlist', NAME, newPlaylist('Offen', 3, true));
    await device.send(lene.sendTo(one));
    const seen = await mia.json(other, playlistSchema, pathOf(ID));
    expect(seen).toMatchObject({ name: 'Offen', role: null, itemCount: 3, members: [{ userId: LENE }] });
    const visitor = createDevice(MIA);
    await visitor.read(mia.readFrom(other), NAME);
    expect(tracksOf(visitor.playlist(ID))).toHaveLength(3);
    visitor.edit('playlist', NAME, [{ type: 'add', before: null, tracks: [{ trackId: idOf('x', 1) }] }]);
    expect(await visitor.send(mia.sendTo(one))).toMatchObject([{ outcome: 'forbidden' }]);

    device.edit('playlist', NAME, [{ type: 'edit', changes: { visibility: 'private' } }]);
    await device.send(lene.sendTo(one));
    expect((await mia.ask(other, pathOf(ID))).status).toBe(404);
    expect(await mia.readFrom(other)(NAME, 0)).toBeNull();
  });

  it('takes no invitation that was revoked, and nobody whom its owner merely names', async () => {
    const { one, listener } = replicas;
    const [lene, otto] = [await listener(LENE), await listener(OTTO)];
    const device = createDevice(LENE);
    device.edit('playlist', NAME, newPlaylist('Zu', 1));
    await device.send(lene.sendTo(one));
    const { code } = await invited(lene, one);
    const all = libraryPaths.invitations.replace(':id', ID);
    expect((await otto.ask(one, all, sending('DELETE'))).status).toBe(404);
    expect((await lene.ask(one, all, sending('DELETE'))).status).toBe(204);
    expect((await otto.ask(one, joining(code), sending('POST'))).status).toBe(404);
    device.edit('playlist', NAME, [{ type: 'member', userId: OTTO, role: 'editor' }]);
    expect(await device.send(lene.sendTo(one))).toMatchObject([{ outcome: 'forbidden' }]);
  });

  it('is gone for all members when it is deleted, and there again when that is undone', async () => {
    const { one, other, listener } = replicas;
    const [lene, otto] = [await listener(LENE), await listener(OTTO)];
    const device = createDevice(LENE);
    device.edit('playlist', NAME, newPlaylist('Kieswege', 1));
    await device.send(lene.sendTo(one));
    await otto.ask(one, joining((await invited(lene, one)).code), sending('POST'));
    const ear = await otto.listenTo(other);
    await ear.heard(({ document }) => document === NAME);
    device.edit('playlist', NAME, [{ type: 'delete' }]);
    await device.send(lene.sendTo(one));
    await ear.heard(({ document, revision }) => document === NAME && revision === null);
    expect((await otto.ask(other, pathOf(ID))).status).toBe(404);
    device.edit('playlist', NAME, [{ type: 'restore' }]);
    await device.send(lene.sendTo(one));
    await ear.heard(({ document, revision }) => document === NAME && revision === 4);
    expect((await otto.json(other, playlistSchema, pathOf(ID))).itemCount).toBe(1);
  });

  it('does not let one listener write by the device id of another', async () => {
    const { one, listener } = replicas;
    const [lene, otto] = [await listener(LENE), await listener(OTTO)];
    const device = createDevice(LENE);
    device.edit('playlist', NAME, newPlaylist('Kieswege', 1));
    await device.send(lene.sendTo(one));
    await otto.ask(one, joining((await invited(lene, one)).code), sending('POST'));
    device.edit('playlist', NAME, [{ type: 'edit', changes: { name: 'Gekapert' } }]);
    expect(await device.send(otto.sendTo(one))).toMatchObject([{ outcome: 'device_taken' }]);
  });
});
