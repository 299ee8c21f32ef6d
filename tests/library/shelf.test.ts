import { expect, it } from 'vitest';
import type { ShelfEdit } from '../../src/core/library/edits.ts';
import type { ShelfKey } from '../../src/core/library/operations.ts';
import { createShelfReplica } from '../../src/core/library/shelf.ts';
import { penOf } from './pen.ts';
import { shelfShown } from './plain-model.ts';

const folder = (name: string): ShelfKey => `folder:${name.padEnd(12, '0')}`;
const playlist = (name: string): ShelfKey => `playlist:${name.padEnd(20, '0')}`;
const idOf = (key: ShelfKey): string => key.slice(key.indexOf(':') + 1);
const put = (within: string | null, ...keys: readonly ShelfKey[]): ShelfEdit => ({
  type: 'put',
  target: { folderId: within === null ? null : idOf(folder(within)), before: null },
  entries: keys.map((key) => ({ key, name: key.startsWith('folder') ? (key[7] ?? '') : null })),
});
const into = (within: string | null, ...keys: readonly ShelfKey[]): ShelfEdit => ({
  type: 'place',
  target: { folderId: within === null ? null : idOf(folder(within)), before: null },
  keys,
});

/** Two devices with folders a and b at the top, p in a and q after them. */
const twoDevices = () => {
  const mine = createShelfReplica();
  const theirs = createShelfReplica();
  const pens = { mine: penOf(1), theirs: penOf(2, { now: () => Date.UTC(2026, 3, 2) }) };
  theirs.apply(
    mine.change([put(null, folder('a'), folder('b'), playlist('q')), put('a', playlist('p'))], pens.mine)
      .operations,
  );
  return {
    mine,
    theirs,
    my: (...edits: readonly ShelfEdit[]) => mine.change(edits, pens.mine),
    their: (...edits: readonly ShelfEdit[]) => theirs.change(edits, pens.theirs),
  };
};
const p = [playlist('p'), null, null];
const q = [playlist('q'), null, null];

it('shows folders and what is in them, in the listener’s order', () => {
  const { mine, my } = twoDevices();
  expect(shelfShown(mine)).toEqual([[folder('a'), 'a', [p]], [folder('b'), 'b', []], q]);
  my({ type: 'place', target: { folderId: null, before: folder('a') }, keys: [playlist('q'), folder('b')] });
  my({ type: 'rename', key: folder('b'), name: 'Evenings' });
  expect(shelfShown(mine)).toEqual([q, [folder('b'), 'Evenings', []], [folder('a'), 'a', [p]]]);
});

it('does not put a folder into itself', () => {
  const { my } = twoDevices();
  my(into('a', folder('b')));
  expect(my(into('b', folder('a'))).operations).toEqual([]);
  expect(my(into('a', folder('a'))).operations).toEqual([]);
});

it('undoes the later of two moves that put folders into each other, the same on both devices', () => {
  const { mine, theirs, my, their } = twoDevices();
  const mineIntoB = my(into('b', folder('a')));
  const theirsIntoA = their(into('a', folder('b')));
  mine.apply(theirsIntoA.operations);
  theirs.apply(mineIntoB.operations);
  // Theirs came later, so b stands at the top, and a in it.
  expect(shelfShown(mine)).toContainEqual([folder('b'), 'b', [[folder('a'), 'a', [p]]]]);
  expect(mine.view().in(null)).toHaveLength(2);
  expect(shelfShown(theirs)).toEqual(shelfShown(mine));
});

it('leaves what is in a folder that is taken away where the folder stood', () => {
  const { mine, my } = twoDevices();
  const taken = my({ type: 'take', keys: [folder('a')] });
  expect(shelfShown(mine)).toEqual([p, [folder('b'), 'b', []], q]);
  my(...taken.undo);
  expect(shelfShown(mine)).toEqual([[folder('a'), 'a', [p]], [folder('b'), 'b', []], q]);
});

it('shows what another device put into a folder that is gone at the top', () => {
  const { mine, theirs, my, their } = twoDevices();
  const taken = my({ type: 'take', keys: [folder('b')] });
  const placed = their(into('b', playlist('q')));
  mine.apply(placed.operations);
  theirs.apply(taken.operations);
  expect(shelfShown(mine)).toEqual(shelfShown(theirs));
  expect(
    mine
      .view()
      .in(null)
      .map(({ key }) => key),
  ).toContain(playlist('q'));
});

it('keeps one entry of a playlist that two devices put there, at the place of the later move', () => {
  const { mine, theirs, my, their } = twoDevices();
  const first = my(put(null, playlist('x')));
  const second = their(put('a', playlist('x')));
  mine.apply(second.operations);
  theirs.apply(first.operations);
  expect(shelfShown(mine)).toEqual(shelfShown(theirs));
  expect(mine.view().entries.get(playlist('x'))?.folderId).toBe(idOf(folder('a')));
});
