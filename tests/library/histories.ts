/**
 * Random histories of a library on several devices with partitions: each edits on its own, sends when it can, learns of the others
 * late or in pieces, loses answers, is started anew from what it kept, while the service folds its log into snapshots. The same seed
 * gives the same history.
 */
import type { DocumentKind } from '../../src/core/library/documents.ts';
import type { EditOf } from '../../src/core/library/edits.ts';
import type { OperationOf } from '../../src/core/library/operations.ts';
import type { Pen } from '../../src/core/library/replica.ts';
import { createReplica, type ReplicaOf } from '../../src/core/library/replicas.ts';
import type { SnapshotOf } from '../../src/core/library/snapshot.ts';
import { createStampClock, deviceOf } from '../../src/core/library/stamp.ts';
import { randomSource, type RandomSource } from '../../src/core/playback/random.ts';
import { randomEdits } from './random-edits.ts';

export const KINDS = ['saved', 'shelf', 'playlist'] as const satisfies readonly DocumentKind[];

/** From a snapshot that was JSON meanwhile, as in a file or an answer; or from nothing. */
export const replicaOf = <Kind extends DocumentKind>(
  kind: Kind,
  start: SnapshotOf[Kind] | null,
): ReplicaOf<Kind> =>
  createReplica(kind, start === null ? null : (JSON.parse(JSON.stringify(start)) as SnapshotOf[Kind]));

/** What the service keeps of a document. */
interface Log<Kind extends DocumentKind> {
  readonly kind: Kind;
  /** Every operation ever taken, which only the test knows. */
  readonly taken: OperationOf[Kind][];
  base: { readonly revision: number; readonly snapshot: SnapshotOf[Kind] | null };
  replica: ReplicaOf<Kind>;
}

const createLog = <Kind extends DocumentKind>(kind: Kind) => {
  const log: Log<Kind> = {
    kind,
    taken: [],
    base: { revision: 0, snapshot: null },
    replica: replicaOf(kind, null),
  };
  return {
    taken: log.taken,
    get replica() {
      return log.replica;
    },
    /** A device's operations in their order; those that are there are passed over. */
    take(operations: readonly OperationOf[Kind][]) {
      const seen = log.replica.seen();
      const fresh = operations.filter(({ stamp }) => stamp > (seen[deviceOf(stamp)] ?? ''));
      log.taken.push(...fresh);
      log.replica.apply(fresh);
      return log.taken.length;
    },
    since(revision: number, most: number) {
      const isFolded = revision < log.base.revision;
      const from = isFolded ? log.base.revision : revision;
      const operations = log.taken.slice(from, from + most);
      return {
        snapshot: isFolded ? log.base.snapshot : null,
        operations,
        revision: from + operations.length,
      };
    },
    compact() {
      log.base = { revision: log.taken.length, snapshot: log.replica.snapshot() };
      log.replica = replicaOf(kind, log.base.snapshot);
    },
  };
};
type ServiceLog<Kind extends DocumentKind> = ReturnType<typeof createLog<Kind>>;

const createCopy = <Kind extends DocumentKind>(kind: Kind, log: ServiceLog<Kind>, pen: Pen) => {
  let replica: ReplicaOf<Kind> = replicaOf(kind, null);
  /** Kept until they were read back: what a snapshot lacks is applied to it again. */
  let outbox: readonly { readonly operation: OperationOf[Kind]; readonly takenWith: number }[] = [];
  let revision = 0;
  let undo: readonly EditOf[Kind][] = [];
  const copy = {
    kind,
    get replica() {
      return replica;
    },
    edit(random: RandomSource) {
      const takesBack = undo.length > 0 && random.below(6) === 0;
      const edits: readonly EditOf[Kind][] = takesBack ? undo : randomEdits(kind, replica, random);
      const written = replica.change(edits, pen);
      outbox = [...outbox, ...written.operations.map((operation) => ({ operation, takenWith: Infinity }))];
      undo = written.undo;
      return written.operations;
    },
    send(isAnswerLost: boolean) {
      const waiting = outbox.filter(({ takenWith }) => takenWith === Infinity);
      const takenWith = log.take(waiting.map(({ operation }) => operation));
      if (isAnswerLost) return;
      outbox = outbox.map((kept) => (kept.takenWith === Infinity ? { ...kept, takenWith } : kept));
    },
    receive(most: number, observe: (stamp: string) => void) {
      const news = log.since(revision, most);
      if (news.snapshot !== null) {
        replica = replicaOf(kind, news.snapshot);
        for (const stamp of Object.values(replica.seen())) observe(stamp);
      }
      replica.apply(news.operations);
      for (const { stamp } of news.operations) observe(stamp);
      if (news.snapshot !== null) replica.apply(outbox.map(({ operation }) => operation));
      revision = news.revision;
      outbox = outbox.filter(({ takenWith }) => takenWith > revision);
      return news.operations.length;
    },
    restart() {
      replica = replicaOf(kind, replica.snapshot());
    },
  };
  return copy;
};

export interface History {
  readonly devices: readonly { readonly [Kind in DocumentKind]: ReplicaOf<Kind> }[];
  /** Everything that any device wrote, in no order in particular. */
  readonly written: { readonly [Kind in DocumentKind]: readonly OperationOf[Kind][] };
  /** Everything that the service took, in its order, and what it makes of it. */
  readonly taken: { readonly [Kind in DocumentKind]: readonly OperationOf[Kind][] };
  readonly service: { readonly [Kind in DocumentKind]: ReplicaOf<Kind> };
  readonly figures: {
    readonly operations: number;
    readonly partitions: number;
    readonly lostAnswers: number;
    readonly restarts: number;
    readonly snapshots: number;
  };
}

const START_MS = Date.UTC(2026, 0, 1);
const MOST_SKEW_MS = 120_000;
export const LISTENER = 'listener';

/** Runs a history to its end, when every device has reached the service and learnt everything. */
export const runHistory = (
  seed: number,
  options: { readonly devices: number; readonly steps: number },
): History => {
  const random = randomSource(seed);
  let nowMs = START_MS;
  const figures = { operations: 0, partitions: 0, lostAnswers: 0, restarts: 0, snapshots: 0 };
  const logs = { saved: createLog('saved'), shelf: createLog('shelf'), playlist: createLog('playlist') };
  const written: { [Kind in DocumentKind]: OperationOf[Kind][] } = { saved: [], shelf: [], playlist: [] };
  let ids = 0;

  const devices = Array.from({ length: options.devices }, (_, index) => {
    const skewMs = random.below(2 * MOST_SKEW_MS) - MOST_SKEW_MS;
    const clock = createStampClock({
      device: `device000${index}`,
      now: () => nowMs + skewMs,
      last: null,
    });
    const pen: Pen = {
      clock,
      userId: LISTENER,
      nowMs: () => nowMs,
      newId: () => `i${(ids++).toString(36).padStart(11, '0')}`,
      random,
    };
    return {
      copies: {
        saved: createCopy('saved', logs.saved, pen),
        shelf: createCopy('shelf', logs.shelf, pen),
        playlist: createCopy('playlist', logs.playlist, pen),
      },
      observe: clock.observe,
      isOnline: true,
    };
  });

  const edit = (device: (typeof devices)[number]): void => {
    const kind = KINDS[random.below(KINDS.length)] ?? 'saved';
    const count = ((): number => {
      switch (kind) {
        case 'saved':
          return written.saved.push(...device.copies.saved.edit(random));
        case 'shelf':
          return written.shelf.push(...device.copies.shelf.edit(random));
        case 'playlist':
          return written.playlist.push(...device.copies.playlist.edit(random));
      }
    })();
    if (count > 0) figures.operations = KINDS.reduce((sum, each) => sum + written[each].length, 0);
  };
  const exchange = (device: (typeof devices)[number], most: number, isAnswerLost: boolean): void => {
    for (const kind of KINDS) {
      device.copies[kind].send(isAnswerLost);
      device.copies[kind].receive(most, device.observe);
    }
  };

  for (let step = 0; step < options.steps; step += 1) {
    nowMs += random.below(20_000);
    const device = devices[random.below(devices.length)];
    if (device === undefined) continue;
    const chance = random.below(20);
    if (chance < 11) edit(device);
    else if (chance < 13) {
      device.isOnline = !device.isOnline;
      if (!device.isOnline) figures.partitions += 1;
    } else if (chance === 13) {
      const kind = KINDS[random.below(KINDS.length)] ?? 'saved';
      device.copies[kind].restart();
      figures.restarts += 1;
    } else if (chance === 14) {
      const kind = KINDS[random.below(KINDS.length)] ?? 'saved';
      logs[kind].compact();
      figures.snapshots += 1;
    } else if (device.isOnline) {
      const isAnswerLost = random.below(5) === 0;
      if (isAnswerLost) figures.lostAnswers += 1;
      exchange(device, 1 + random.below(8), isAnswerLost);
    }
  }
  for (const device of devices) exchange(device, Infinity, false);
  for (const device of devices) exchange(device, Infinity, false);

  return {
    devices: devices.map(({ copies }) => ({
      saved: copies.saved.replica,
      shelf: copies.shelf.replica,
      playlist: copies.playlist.replica,
    })),
    written,
    taken: { saved: logs.saved.taken, shelf: logs.shelf.taken, playlist: logs.playlist.taken },
    service: { saved: logs.saved.replica, shelf: logs.shelf.replica, playlist: logs.playlist.replica },
    figures,
  };
};
