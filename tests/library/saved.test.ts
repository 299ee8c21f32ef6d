import { expect, it } from 'vitest';
import { restamped } from '../../src/core/library/restamp.ts';
import { createSavedReplica } from '../../src/core/library/saved.ts';
import { wallMsOf } from '../../src/core/library/stamp.ts';
import { createPlaylistReplica } from '../../src/core/library/playlist.ts';
import { NEW_DETAILS } from '../../src/core/library/playlist-view.ts';
import { penOf, trackId } from './pen.ts';
import { playlistShown } from './plain-model.ts';

const like = (name: string, atMs?: number) =>
  ({ type: 'save', kind: 'track', items: [{ id: trackId(name), atMs }] }) as const;
const unlike = (name: string) => ({ type: 'unsave', kind: 'track', ids: [trackId(name)] }) as const;

it('shows what was liked last first, each kind for itself', () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const saved = createSavedReplica();
  const pen = penOf(1, { now: () => (nowMs += 1000) });
  saved.change([like('a'), like('b'), { type: 'save', kind: 'artist', items: [{ id: trackId('z') }] }], pen);
  expect([...saved.list('track')].map(({ id }) => id)).toEqual([trackId('b'), trackId('a')]);
  expect(saved.list('artist').length).toBe(1);
  expect(saved.list('album').length).toBe(0);
});

it('keeps a like that the device which takes it back had not seen', () => {
  const mine = createSavedReplica();
  const theirs = createSavedReplica();
  const [minePen, theirPen] = [penOf(1), penOf(2)];
  theirs.apply(mine.change([like('a')], minePen).operations);
  const takenBack = theirs.change([unlike('a')], theirPen).operations;
  const again = mine.change([unlike('a'), like('a')], minePen).operations;
  mine.apply(takenBack);
  theirs.apply(again);
  expect(mine.savedAtMs('track', trackId('a'))).not.toBeNull();
  expect(theirs.savedAtMs('track', trackId('a'))).toBe(mine.savedAtMs('track', trackId('a')));
});

it('likes again with the date that it had when a like is brought back', () => {
  const saved = createSavedReplica();
  const pen = penOf(1);
  saved.change([like('a', 1_700_000_000_000)], pen);
  const { undo } = saved.change([unlike('a')], pen);
  expect(saved.savedAtMs('track', trackId('a'))).toBeNull();
  saved.change(undo, pen);
  expect(saved.savedAtMs('track', trackId('a'))).toBe(1_700_000_000_000);
});

it('remembers nothing of what was taken out in a snapshot', () => {
  const saved = createSavedReplica();
  const pen = penOf(1);
  for (let round = 0; round < 50; round += 1) saved.change([like(`x${round}y`), unlike(`x${round}y`)], pen);
  expect(JSON.stringify(saved.snapshot()).length).toBeLessThan(200);
});

it('passes over a removed like that is sent again after a snapshot', () => {
  const saved = createSavedReplica();
  const liked = saved.change([like('a')], penOf(1)).operations;
  saved.change([unlike('a')], penOf(2));
  const later = createSavedReplica(saved.snapshot());
  expect(later.apply(liked)).toBe(false);
  expect(later.list('track').length).toBe(0);
});

it('means the same with new stamps, when the clock that gave the old ones was wrong', () => {
  const wrong = createPlaylistReplica();
  const pen = penOf(1, { now: () => Date.UTC(2099, 0, 1) });
  const { operations } = wrong.change(
    [
      { type: 'create', details: { ...NEW_DETAILS, name: 'Mixtape' } },
      { type: 'add', before: null, tracks: ['a', 'b', 'c'].map((name) => ({ trackId: trackId(name) })) },
    ],
    pen,
  );
  const [first, second] = [...wrong.view().items].map(({ itemId }) => itemId);
  const more = wrong.change(
    [
      { type: 'move', before: first ?? null, itemIds: [second ?? ''] },
      { type: 'remove', itemIds: [first ?? ''] },
    ],
    pen,
  ).operations;
  const renewed = restamped([...operations, ...more], penOf(1).clock);
  expect(renewed.every(({ stamp }) => wallMsOf(stamp) < Date.UTC(2027, 0, 1))).toBe(true);
  const right = createPlaylistReplica();
  right.apply(renewed);
  expect(playlistShown(right)).toEqual(playlistShown(wrong));
});
