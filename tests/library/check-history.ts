/** What must hold at the end of every history; gives the sentences that do not, none when all do. */
import { isDeepStrictEqual } from 'node:util';
import type { DocumentKind } from '../../src/core/library/documents.ts';
import type { OperationOf } from '../../src/core/library/operations.ts';
import type { ReplicaOf } from '../../src/core/library/replicas.ts';
import { randomSource } from '../../src/core/playback/random.ts';
import { KINDS, replicaOf, type History } from './histories.ts';
import {
  playlistMeant,
  playlistShown,
  savedMeant,
  savedShown,
  shelfMeant,
  shelfReached,
  shelfShown,
  shelfWritten,
} from './plain-model.ts';

const shownOf = (replicas: { readonly [Kind in DocumentKind]: ReplicaOf<Kind> }): unknown => ({
  saved: savedShown(replicas.saved),
  savedTimes: [...replicas.saved.list('track')],
  shelf: shelfShown(replicas.shelf),
  shelfWritten: shelfWritten(replicas.shelf),
  playlist: playlistShown(replicas.playlist),
  changedAt: replicas.playlist.view().changedAt,
});

/** Every operation, some twice, in an order of no sense. */
const scrambled = <Kind extends DocumentKind>(
  kind: Kind,
  operations: readonly OperationOf[Kind][],
  seed: number,
): ReplicaOf<Kind> => {
  const random = randomSource(seed);
  const several = operations.flatMap((operation) =>
    random.below(4) === 0 ? [operation, operation] : [operation],
  );
  const order = several
    .map((operation) => ({ operation, at: random.below(2 ** 32) }))
    .toSorted((one, other) => one.at - other.at);
  const replica = replicaOf(kind, null);
  for (const { operation } of order) replica.apply([operation]);
  return replica;
};

export const brokenPromises = (history: History, seed: number): readonly string[] => {
  const broken: string[] = [];
  const promise = (sentence: string, isKept: boolean): void => {
    if (!isKept) broken.push(sentence);
  };
  for (const kind of KINDS) {
    const stamps = history.taken[kind].map(({ stamp }) => stamp);
    promise(
      `the service has every ${kind} operation once`,
      isDeepStrictEqual(stamps.toSorted(), history.written[kind].map(({ stamp }) => stamp).toSorted()),
    );
  }
  const [first, ...others] = history.devices.map(shownOf);
  for (const other of others) promise('all devices show the same', isDeepStrictEqual(other, first));

  const fresh = {
    saved: replicaOf('saved', history.service.saved.snapshot()),
    shelf: replicaOf('shelf', history.service.shelf.snapshot()),
    playlist: replicaOf('playlist', history.service.playlist.snapshot()),
  };
  promise('a new device shows the same', isDeepStrictEqual(shownOf(fresh), first));
  for (const kind of KINDS) {
    const { unsettled } = history.service[kind].snapshot();
    promise(`a ${kind} snapshot remembers no removals`, unsettled.gone.length + unsettled.early.length === 0);
  }

  const { saved, shelf, playlist } = history.written;
  promise(
    'what was saved and not unsaved is there',
    isDeepStrictEqual(savedShown(fresh.saved), savedMeant(saved)),
  );
  promise(
    'every entry of the shelf is as last written',
    isDeepStrictEqual(shelfWritten(fresh.shelf), shelfMeant(shelf)),
  );
  promise('every entry can be reached once', shelfReached(fresh.shelf) === fresh.shelf.view().entries.size);
  promise(
    'the playlist is as meant',
    isDeepStrictEqual(playlistShown(fresh.playlist), playlistMeant(playlist)),
  );

  const anyOrder = {
    saved: scrambled('saved', saved, seed),
    shelf: scrambled('shelf', shelf, seed),
    playlist: scrambled('playlist', playlist, seed),
  };
  promise('order and repetition do not matter', isDeepStrictEqual(shownOf(anyOrder), first));
  return broken;
};
