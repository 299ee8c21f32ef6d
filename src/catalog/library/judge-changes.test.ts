import { describe, expect, it } from 'vitest';
import { NEW_DETAILS } from '../../core/library/playlist-view.ts';
import type { PlaylistOperation, SavedOperation } from '../../core/library/operations.ts';
import { MOST_AHEAD_MS, stampOf } from '../../core/library/stamp.ts';
import { MOST_PLAYLIST_ITEMS } from '../../contract/library-http.ts';
import { createDocumentState, type DocumentState } from './document-state.ts';
import { judgePlaylist, judgeSaved, SERVICE_DEVICE } from './judge-changes.ts';

const NOW = Date.UTC(2026, 3, 1);
const LENE = { userId: 'lene', device: 'lenelaptop' };
const OTTO = { userId: 'otto', device: 'ottolaptop' };
const at = (ms: number, device = LENE.device) => stampOf({ wallMs: NOW + ms, counter: 0, device });
const id = (name: string) => name.padEnd(20, '0');

const apply = (
  state: DocumentState<'playlist'>,
  asker: typeof LENE,
  operations: readonly PlaylistOperation[],
): void =>
  state.apply({
    revision: state.revision + 1,
    bytes: 100,
    batch: {
      writeId: '',
      atMs: NOW,
      by: asker.userId,
      device: asker.device,
      operations,
      standing: null,
      isErasure: false,
    },
  });
const create = (owner: string, ms: number, device?: string): PlaylistOperation => ({
  type: 'create',
  stamp: at(ms, device),
  owner,
  details: { ...NEW_DETAILS, name: 'Kieswege' },
});
const itemId = (ms: number, index: number): string =>
  `i${String(ms).padStart(5, '0')}x${String(index).padStart(5, '0')}`;
const add = (ms: number, asker: typeof LENE, count: number): PlaylistOperation => ({
  type: 'add',
  stamp: at(ms, asker.device),
  by: asker.userId,
  atMs: NOW,
  items: Array.from({ length: count }, (_, index) => ({
    itemId: itemId(ms, index),
    trackId: id('t'),
    position: 'a1',
  })),
});
const ofLene = (): DocumentState<'playlist'> => {
  const state = createDocumentState('playlist', null);
  apply(state, LENE, [create('lene', 0)]);
  return state;
};
const judge = (state: DocumentState<'playlist'>, asker: typeof LENE, ...sent: PlaylistOperation[]) =>
  judgePlaylist(state, asker, sent, NOW);

describe('operations of a device', () => {
  const save = (ms: number): SavedOperation => ({
    type: 'save',
    stamp: at(ms),
    kind: 'track',
    items: [{ id: id(`t${ms}`) }],
  });

  it('are taken when they are new, and passed over one by one when they are not', () => {
    const state = createDocumentState('saved', null);
    const sent = [save(1), save(2), save(3)];
    expect(judgeSaved(state, LENE, sent, NOW)).toEqual({ is: 'good', operations: sent });
    state.apply({
      revision: 1,
      bytes: 1,
      batch: {
        writeId: '',
        atMs: NOW,
        by: 'lene',
        device: LENE.device,
        operations: sent.slice(0, 2),
        standing: null,
        isErasure: false,
      },
    });
    expect(judgeSaved(state, LENE, sent, NOW)).toEqual({ is: 'good', operations: sent.slice(2) });
    expect(judgeSaved(state, LENE, sent.slice(0, 2), NOW)).toEqual({ is: 'known' });
  });

  it('may be as far ahead as clocks are, and no further', () => {
    const state = createDocumentState('saved', null);
    expect(judgeSaved(state, LENE, [save(MOST_AHEAD_MS)], NOW).is).toBe('good');
    expect(judgeSaved(state, LENE, [save(MOST_AHEAD_MS + 1)], NOW)).toEqual({
      is: 'refused',
      why: 'clock_ahead',
    });
  });

  it('are not taken by the id of the service, nor by another listener’s', () => {
    const state = ofLene();
    const why = { is: 'refused', why: 'device_taken' };
    const byService = { ...add(5, LENE, 1), stamp: at(5, SERVICE_DEVICE) };
    expect(judge(state, { userId: 'lene', device: SERVICE_DEVICE }, byService)).toEqual(why);
    expect(judge(state, { userId: 'otto', device: LENE.device }, add(5, LENE, 1))).toEqual(why);
  });
});

describe('a playlist', () => {
  it('is begun by creating it, by whoever says so of themselves, and once', () => {
    const empty = createDocumentState('playlist', null);
    expect(judge(empty, LENE, add(1, LENE, 1))).toEqual({ is: 'refused', why: 'not_found' });
    expect(judge(empty, LENE, create('otto', 1))).toEqual({ is: 'refused', why: 'forbidden' });
    expect(judge(empty, LENE, create('lene', 1), add(2, LENE, 1)).is).toBe('good');
    expect(judge(ofLene(), OTTO, create('otto', -5, OTTO.device))).toEqual({
      is: 'refused',
      why: 'forbidden',
    });
  });

  it('takes what each role may, as things stand after the operation before', () => {
    const state = ofLene();
    expect(judge(state, OTTO, add(1, OTTO, 1))).toEqual({ is: 'refused', why: 'forbidden' });
    apply(state, LENE, [{ type: 'member', stamp: at(1), userId: 'otto', role: 'editor' }]);
    expect(judge(state, OTTO, add(1, OTTO, 1)).is).toBe('good');
    const leave: PlaylistOperation = {
      type: 'member',
      stamp: at(2, OTTO.device),
      userId: 'otto',
      role: null,
    };
    expect(judge(state, OTTO, add(1, OTTO, 1), leave).is).toBe('good');
    expect(judge(state, OTTO, leave, add(3, OTTO, 1))).toEqual({ is: 'refused', why: 'forbidden' });
  });

  it('takes nobody in whom its owner merely names, and back whom it knew', () => {
    const state = ofLene();
    const member = (ms: number, role: 'editor' | null): PlaylistOperation => ({
      type: 'member',
      stamp: at(ms),
      userId: 'otto',
      role,
    });
    expect(judge(state, LENE, member(1, 'editor'))).toEqual({ is: 'refused', why: 'forbidden' });
    apply(state, LENE, [member(1, 'editor'), member(2, null)]);
    expect(judge(state, LENE, member(3, 'editor')).is).toBe('good');
  });

  it('holds so many items and no more; whoever takes some out may put others in', () => {
    const state = ofLene();
    const full = Array.from({ length: MOST_PLAYLIST_ITEMS / 1000 }, (_, index) => add(index + 1, LENE, 1000));
    expect(judge(state, LENE, ...full).is).toBe('good');
    apply(state, LENE, full);
    expect(judge(state, LENE, add(100, LENE, 1))).toEqual({ is: 'refused', why: 'too_large' });
    const remove: PlaylistOperation = {
      type: 'remove',
      stamp: at(100),
      items: [{ itemId: itemId(1, 0), lives: [at(1)] }],
    };
    expect(judge(state, LENE, remove, add(101, LENE, 1)).is).toBe('good');
    expect(judge(state, LENE, remove, add(101, LENE, 2))).toEqual({ is: 'refused', why: 'too_large' });
  });
});
