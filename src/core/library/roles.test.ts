import { expect, it } from 'vitest';
import type { PlaylistOperation } from './operations.ts';
import { NEW_DETAILS } from './playlist-view.ts';
import { mayApply, type PlaylistRole } from './roles.ts';

const stamp = '0mjup3llg0000device0000';
const allowed = (operation: PlaylistOperation, userId = 'me'): readonly (PlaylistRole | null)[] =>
  (['owner', 'editor', 'viewer', 'visitor', null] as const).filter((role) =>
    mayApply({ userId, role }, operation),
  );
const adding = (by: string): PlaylistOperation => ({
  type: 'add',
  stamp,
  by,
  atMs: 0,
  items: [{ itemId: 'i', trackId: 't', position: 'V' }],
});

it('lets owners and editors change what it holds, in their own name', () => {
  expect(allowed(adding('me'))).toEqual(['owner', 'editor']);
  expect(allowed(adding('someone'))).toEqual([]);
  expect(allowed({ type: 'remove', stamp, items: [] })).toEqual(['owner', 'editor']);
  expect(allowed({ type: 'move', stamp, items: [] })).toEqual(['owner', 'editor']);
});

it('lets editors name and describe it, and leaves who sees it and its rules to the owner', () => {
  expect(allowed({ type: 'edit', stamp, changes: { name: 'n', description: 'd' } })).toEqual([
    'owner',
    'editor',
  ]);
  expect(allowed({ type: 'edit', stamp, changes: { name: 'n', visibility: 'public' } })).toEqual(['owner']);
  expect(allowed({ type: 'edit', stamp, changes: { rules: null } })).toEqual(['owner']);
  expect(allowed({ type: 'edit', stamp, changes: { name: 'n', visibility: undefined } })).toEqual([
    'owner',
    'editor',
  ]);
});

it('leaves members to the owner, except that a member may leave', () => {
  expect(allowed({ type: 'member', stamp, userId: 'you', role: 'editor' })).toEqual(['owner']);
  expect(allowed({ type: 'member', stamp, userId: 'you', role: null })).toEqual(['owner']);
  expect(allowed({ type: 'member', stamp, userId: 'me', role: null })).toEqual(['editor', 'viewer']);
  expect(allowed({ type: 'member', stamp, userId: 'me', role: 'editor' })).toEqual([]);
});

it('lets whoever asks create a playlist that is not there, in their own name, and nobody one that is', () => {
  expect(allowed({ type: 'create', stamp, owner: 'me', details: NEW_DETAILS })).toEqual([null]);
  expect(allowed({ type: 'create', stamp, owner: 'you', details: NEW_DETAILS })).toEqual([]);
});

it('leaves deleting to the owner', () => {
  expect(allowed({ type: 'delete', stamp })).toEqual(['owner']);
  expect(allowed({ type: 'restore', stamp })).toEqual(['owner']);
});
