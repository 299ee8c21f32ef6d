import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HistoryKeep } from '../../core/history/listening.ts';
import { deviceOf } from '../../core/library/stamp.ts';
import { randomSource } from '../../core/playback/random.ts';
import { createPlaysStandIn, type Fate, type PlaysStandIn } from '../../../tests/history/plays-stand-in.ts';
import { handClock, type HandClock } from '../../../tests/host/hand-clock.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { buildTrack } from '../../../tests/host/track-builder.ts';
import { createHistorySync } from './history-sync.ts';
import { createHistory } from './history.ts';

const DAY_MS = 24 * 3_600_000;

const openDevice = async (service: PlaysStandIn, clock: HandClock, folder?: string) => {
  const home = folder ?? (await temporaryFolder());
  const log = recordLog();
  const closing = new AbortController();
  const state: { keep: HistoryKeep } = { keep: 'all' };
  const history = await createHistory({
    folder: home,
    keep: () => state.keep,
    isShared: true,
    clock,
    onChange: () => undefined,
    log,
  });
  const sync = createHistorySync({
    history,
    client: service.client,
    keep: () => state.keep,
    findTracks: service.client.tracks,
    isUnreachable: () => false,
    clock,
    closing: closing.signal,
    log,
  });
  const close = (): void => {
    closing.abort();
    history.close();
  };
  onTestFinished(close);
  return {
    history,
    folder: home,
    log,
    state,
    close,
    /** A round, whatever becomes of it. */
    async round() {
      sync.look();
      await sync.settled();
    },
    play: (name: string, agoMs = 0) =>
      history.record(buildTrack(name), { id: `listening-${clock.now()}-${agoMs}`, agoMs, heardMs: 30_000 }),
    all: () => history.page('', 0, 200),
    titles: () => history.page('', 0, 200).map(({ track }) => track.title),
  };
};
type Device = Awaited<ReturnType<typeof openDevice>>;
const open = async () => {
  const clock = handClock();
  const service = createPlaysStandIn(clock.now);
  for (const name of ['one', 'two', 'three', 'four']) {
    const track = buildTrack(name);
    service.catalog.set(track.id, track);
  }
  return { clock, service, one: await openDevice(service, clock), other: await openDevice(service, clock) };
};
const facts = (device: Device) =>
  device.all().map(({ id, playedAt, heardMs, track }) => [id, playedAt, heardMs, track.title]);

describe('a history and the service', () => {
  it.each([1, 2, 3, 4])('are the same on two devices whatever is lost in between (%i)', async (seed) => {
    const { clock, service, one, other } = await open();
    const random = randomSource(seed);
    const { below } = random;
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)];
    const away = new Set<string>();
    const FATES: readonly Fate[] = ['answered', 'answered', 'not_asked', 'not_answered'];
    for (let step = 0; step < 60; step += 1) {
      await clock.advance(60_000);
      const device = below(2) === 0 ? one : other;
      const what = below(10);
      if (what < 4) device.play(pick(['one', 'two', 'three', 'four']) ?? 'one', below(4) * DAY_MS);
      else if (what === 4) {
        const play = pick(device.all());
        if (play !== undefined) {
          device.history.remove([play.id]);
          if (below(2) === 0) device.history.restore();
          else away.add(play.id);
        }
      } else if (what === 5 && below(4) === 0) {
        for (const { id } of device.all()) away.add(id);
        device.history.clear();
      } else {
        service.fates = Array.from({ length: below(6) }, () => pick(FATES) ?? 'answered');
        await device.round();
      }
    }
    service.fates = [];
    for (let rounds = 0; rounds < 3; rounds += 1)
      for (const device of [one, other]) {
        await clock.advance(60_000);
        await device.round();
      }
    expect(facts(one)).toEqual(facts(other));
    expect(
      service
        .plays()
        .map(({ stamp }) => stamp)
        .toSorted(),
    ).toEqual(
      one
        .all()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(one.all().filter(({ id }) => away.has(id))).toEqual([]);
    expect(one.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('send what was played before there was anybody to send it to, once, as one device', async () => {
    const { clock, service, one } = await open();
    for (const name of ['one', 'two']) {
      await clock.advance(60_000);
      one.play(name);
    }
    one.close();
    // An earlier version had another device for every start, and knew nothing of what is beside plays.
    const file = new DatabaseSync(join(one.folder, 'history.sqlite'));
    file.exec(`UPDATE plays SET id = substr(id, 1, 13) || 'formerdev' || substr(track_id, 1, 1);
      DROP TABLE sharing; DROP TABLE days_there; DROP TABLE to_remove; DROP TABLE unnamed_plays; DROP INDEX plays_unsent`);
    file.close();

    const again = await openDevice(service, clock, one.folder);
    expect(again.titles()).toEqual([buildTrack('two').title, buildTrack('one').title]);
    await again.round();
    await again.round();
    expect(service.sent).toHaveLength(1);
    expect(service.plays()).toHaveLength(2);
    const [device, ...others] = new Set(service.plays().map(({ stamp }) => deviceOf(stamp)));
    expect(others).toEqual([]);
    // It is the same device after a restart.
    again.close();
    const third = await openDevice(service, clock, one.folder);
    await clock.advance(60_000);
    third.play('three');
    await third.round();
    expect(deviceOf(service.sent.at(-1)?.[0] ?? '')).toBe(device);
  });

  it('have plays of tracks that nobody knows once the catalog has them', async () => {
    const { clock, service, one, other } = await open();
    one.play('unheard');
    one.play('one', 1000);
    await one.round();
    await other.round();
    expect(other.titles()).toEqual([buildTrack('one').title]);
    expect(other.history.days('').map(({ plays }) => plays)).toEqual([1]);

    const track = buildTrack('unheard');
    service.catalog.set(track.id, track);
    other.close();
    const again = await openDevice(service, clock, other.folder);
    await again.round();
    expect(again.titles()).toEqual([track.title, buildTrack('one').title]);
    expect(again.all().map(({ isFromHere }) => isFromHere)).toEqual([false, false]);
  });

  it('keep what the service would refuse, and send the rest', async () => {
    const { service, one } = await open();
    one.history.record({ ...buildTrack('odd'), id: 'no id of any catalog' }, null);
    one.play('one');
    await one.round();
    await one.round();
    expect(service.plays()).toHaveLength(1);
    expect(service.sent).toHaveLength(1);
    expect(one.history.days('').map(({ plays }) => plays)).toEqual([2]);
  });

  it('hold no longer what a device does not keep, and have it again when it does', async () => {
    const { clock, one, other } = await open();
    other.play('one', 3 * DAY_MS);
    await clock.advance(40 * DAY_MS);
    other.play('two');
    await other.round();
    one.state.keep = 'month';
    await one.round();
    expect(one.titles()).toEqual([buildTrack('two').title]);
    // It had nothing that is too old, so it asked for nothing to be removed.
    await other.round();
    expect(other.titles()).toHaveLength(2);
    one.state.keep = 'all';
    one.history.keepChanged();
    await one.round();
    expect(one.titles()).toHaveLength(2);
    one.state.keep = 'month';
    one.history.keepChanged();
    await one.round();
    await other.round();
    expect(other.titles()).toEqual([buildTrack('two').title]);
  });
});
