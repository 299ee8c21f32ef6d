import { expect, it } from 'vitest';
import { createPlaylistReplica, type PlaylistReplica } from '../../src/core/library/playlist.ts';
import { NEW_DETAILS, roleIn } from '../../src/core/library/playlist-view.ts';
import { LONG_POSITION_LETTERS } from '../../src/core/library/position.ts';
import type { PlaylistEdit } from '../../src/core/library/edits.ts';
import { randomSource } from '../../src/core/playback/random.ts';
import { penOf, trackId } from './pen.ts';

const names = (replica: PlaylistReplica): string =>
  [...replica.view().items].map((item) => item.trackId.replace(/0+$/, '')).join(' ');
const ids = (replica: PlaylistReplica, ...wanted: readonly string[]): readonly string[] =>
  wanted.map(
    (name) => [...replica.view().items].find((item) => item.trackId === trackId(name))?.itemId ?? name,
  );
const adding = (...tracks: readonly string[]): PlaylistEdit => ({
  type: 'add',
  before: null,
  tracks: tracks.map((name) => ({ trackId: trackId(name) })),
});

/** Two devices that have the same playlist of a, b, c and d. */
const twoDevices = () => {
  const mine = createPlaylistReplica();
  const myPen = penOf(1);
  const { operations } = mine.change(
    [{ type: 'create', details: { ...NEW_DETAILS, name: 'Mixtape' } }, adding('a', 'b', 'c', 'd')],
    myPen,
  );
  const theirs = createPlaylistReplica();
  theirs.apply(operations);
  const theirPen = penOf(2, { now: () => myPen.nowMs() + 1000 });
  const edit = (which: 'mine' | 'theirs', ...edits: readonly PlaylistEdit[]) =>
    which === 'mine' ? mine.change(edits, myPen) : theirs.change(edits, theirPen);
  return { mine, theirs, edit, myPen };
};

it('takes an item out although another device moved it meanwhile', () => {
  const { mine, theirs, edit } = twoDevices();
  const removed = edit('mine', { type: 'remove', itemIds: ids(mine, 'b') });
  const moved = edit('theirs', { type: 'move', before: null, itemIds: ids(theirs, 'b') });
  mine.apply(moved.operations);
  theirs.apply(removed.operations);
  expect([names(mine), names(theirs)]).toEqual(['a c d', 'a c d']);
});

it('keeps what was put back while another device took it out again', () => {
  const { mine, theirs, edit } = twoDevices();
  const removed = edit('mine', { type: 'remove', itemIds: ids(mine, 'b') });
  theirs.apply(removed.operations);
  const putBack = edit('mine', ...removed.undo);
  const again = edit('theirs', { type: 'remove', itemIds: ids(theirs, 'b') });
  mine.apply(again.operations);
  theirs.apply(putBack.operations);
  expect([names(mine), names(theirs)]).toEqual(['a b c d', 'a b c d']);
});

it('stays deleted whatever another device edits, and has their edits when it is restored', () => {
  const { mine, theirs, edit } = twoDevices();
  const deleted = edit('mine', { type: 'delete' });
  const edited = edit('theirs', adding('e'), { type: 'edit', changes: { name: 'Tape' } });
  mine.apply(edited.operations);
  theirs.apply(deleted.operations);
  expect([mine.view().isDeleted, theirs.view().isDeleted]).toEqual([true, true]);
  theirs.apply(edit('mine', ...deleted.undo).operations);
  expect(theirs.view()).toMatchObject({ isDeleted: false, details: { name: 'Tape' } });
  expect(names(theirs)).toBe('a b c d e');
});

it('gives each field to its last writer, and no more than that field', () => {
  const { mine, theirs, edit } = twoDevices();
  const name = edit('mine', { type: 'edit', changes: { name: 'Mine' } });
  const both = edit('theirs', { type: 'edit', changes: { name: 'Theirs', description: 'for the road' } });
  mine.apply(both.operations);
  theirs.apply(name.operations);
  expect(mine.view().details).toEqual({ ...NEW_DETAILS, name: 'Theirs', description: 'for the road' });
  expect(theirs.view().details).toEqual(mine.view().details);
});

it('moves several to one place, in the order in which they are named, also onto one of themselves', () => {
  const { mine, edit } = twoDevices();
  edit('mine', { type: 'move', before: ids(mine, 'b')[0] ?? null, itemIds: ids(mine, 'd', 'b') });
  expect(names(mine)).toBe('a d b c');
  const undo = edit('mine', { type: 'move', before: null, itemIds: ids(mine, 'a', 'c') }).undo;
  expect(names(mine)).toBe('d b a c');
  edit('mine', ...undo);
  expect(names(mine)).toBe('a d b c');
});

it('takes back a removal where the neighbours stand now, with who added it and when', () => {
  const { mine, edit } = twoDevices();
  const [b = ''] = ids(mine, 'b');
  const before = mine.item(b);
  const removed = edit('mine', { type: 'remove', itemIds: ids(mine, 'b', 'c') });
  edit('mine', { type: 'move', before: null, itemIds: ids(mine, 'a') });
  edit('mine', ...removed.undo);
  expect(names(mine)).toBe('d a b c');
  const { position: _, ...same } = before ?? { position: '' };
  expect(mine.item(b)).toMatchObject(same);
});

it('takes changes back out of their turn, each to where it was among those that stand as they did', () => {
  const { mine, edit } = twoDevices();
  const move = (before: string | null, ...items: readonly string[]) =>
    edit('mine', { type: 'move', before: ids(mine, before ?? '')[0] ?? null, itemIds: ids(mine, ...items) });
  const stepped = move('c', 'd');
  const dragged = edit('mine', { type: 'move', before: null, itemIds: ids(mine, 'a', 'b') });
  expect(names(mine)).toBe('d c a b');
  const pasted = edit('mine', { type: 'move', before: null, itemIds: ids(mine, 'c') });
  const removed = edit('mine', { type: 'remove', itemIds: ids(mine, 'a') });
  expect(names(mine)).toBe('d b c');

  edit('mine', ...pasted.undo);
  edit('mine', ...removed.undo);
  expect(names(mine)).toBe('d c a b');
  const drag = edit('mine', ...dragged.undo);
  const step = edit('mine', ...stepped.undo);
  expect(names(mine)).toBe('a b c d');
  edit('mine', ...step.undo);
  expect(names(mine)).toBe('a b d c');
  edit('mine', ...drag.undo);
  expect(names(mine)).toBe('d c a b');
});

it('takes the move of several back together although one of them is gone and their neighbours moved', () => {
  const { mine, edit } = twoDevices();
  edit('mine', adding('e'));
  const moved = edit('mine', { type: 'move', before: null, itemIds: ids(mine, 'b', 'c', 'd') });
  edit('mine', { type: 'remove', itemIds: ids(mine, 'c') });
  edit('mine', { type: 'move', before: null, itemIds: ids(mine, 'a') });
  expect(names(mine)).toBe('e b d a');
  edit('mine', ...moved.undo);
  expect(names(mine)).toBe('e a b d');
});

it('holds a track as often as it was added', () => {
  const { mine, edit } = twoDevices();
  edit('mine', adding('a', 'a'));
  expect(names(mine)).toBe('a b c d a a');
  edit('mine', { type: 'remove', itemIds: [mine.view().items.at(5)?.itemId ?? ''] });
  expect(names(mine)).toBe('a b c d a');
});

it('says what a listener is to it', () => {
  const { mine, edit } = twoDevices();
  expect(roleIn(createPlaylistReplica().view(), 'listener')).toBeNull();
  const added = edit('mine', { type: 'member', userId: 'friend', role: 'editor' });
  expect(['listener', 'friend', 'stranger'].map((user) => roleIn(mine.view(), user))).toEqual([
    'owner',
    'editor',
    'visitor',
  ]);
  edit('mine', ...added.undo);
  expect(roleIn(mine.view(), 'friend')).toBe('visitor');
});

it('writes nothing for an edit that changes nothing', () => {
  const { mine, edit } = twoDevices();
  const before = mine.view();
  const written = edit(
    'mine',
    { type: 'edit', changes: { name: 'Mixtape', rules: null } },
    { type: 'remove', itemIds: ['gone00000000'] },
    { type: 'add', before: null, tracks: [] },
    { type: 'member', userId: 'stranger', role: null },
    { type: 'restore' },
    { type: 'create', details: NEW_DETAILS },
  );
  expect(written).toEqual({ operations: [], undo: [] });
  expect(mine.view()).toBe(before);
});

it('writes large additions in pieces, and takes all of them back as one', () => {
  const { mine, edit } = twoDevices();
  const many = Array.from({ length: 2500 }, (_, index) => `x${index}y`);
  const written = edit('mine', adding(...many));
  expect(written.operations.map((operation) => ('items' in operation ? operation.items.length : 0))).toEqual([
    1000, 1000, 500,
  ]);
  expect(mine.view().items.length).toBe(2504);
  expect(mine.view().items.at(2503)?.trackId).toBe(trackId('x2499y'));
  edit('mine', ...written.undo);
  expect(names(mine)).toBe('a b c d');
});

it('keeps places short over 10,000 moves into one gap, and the order right', () => {
  const { mine, myPen } = twoDevices();
  mine.change([adding(...Array.from({ length: 40 }, (_, index) => `x${index}y`))], myPen);
  const random = randomSource(7);
  const order = [...mine.view().items].map(({ itemId }) => itemId);
  let longest = 0;
  for (let move = 0; move < 10_000; move += 1) {
    const [moved = ''] = order.splice(2 + random.below(order.length - 2), 1);
    const [written] = mine.change(
      [{ type: 'move', before: order[1] ?? null, itemIds: [moved] }],
      myPen,
    ).operations;
    order.splice(1, 0, moved);
    if (written?.type === 'move')
      longest = Math.max(longest, ...written.items.map(({ position }) => position.length));
  }
  expect([...mine.view().items].map(({ itemId }) => itemId)).toEqual(order);
  expect(longest).toBeLessThanOrEqual(LONG_POSITION_LETTERS);
});
