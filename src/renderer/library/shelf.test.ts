import { describe, expect, it } from 'vitest';
import { findFolder, nameOf, shelfLines, shelfPlaylists, shelfView, takesTracks } from './shelf.ts';
import { folderCalled, onShelf, playlistCalled } from './things-for-tests.ts';

const SHELF = [
  onShelf(playlistCalled('p1', 'Übungsraum', { changedAt: '2026-11-22T10:00:00Z' })),
  folderCalled('f1', 'Unterwegs', [
    onShelf(playlistCalled('p2', 'Late train')),
    folderCalled('f2', 'Sea', [onShelf(playlistCalled('p3', 'Slow Ferry'))]),
  ]),
  onShelf(playlistCalled('p4', 'Kitchen', { changedAt: '2026-11-25T10:00:00Z' })),
];
const names = (places: ReturnType<typeof shelfView>): readonly string[] =>
  places.map(({ entry }) => nameOf(entry));

describe('the shelf', () => {
  it('lists what is in a folder under it, and nothing of one that is closed', () => {
    const open = shelfLines(SHELF, () => false);
    expect(open.map(({ entry, depth }) => `${depth} ${nameOf(entry)}`)).toEqual([
      '0 Übungsraum',
      '0 Unterwegs',
      '1 Late train',
      '1 Sea',
      '2 Slow Ferry',
      '0 Kitchen',
    ]);
    const closed = shelfLines(SHELF, (folderId) => folderId === 'f1');
    expect(closed.map(({ entry }) => nameOf(entry))).toEqual(['Übungsraum', 'Unterwegs', 'Kitchen']);
  });

  it('knows every playlist with its folder', () => {
    expect(
      shelfPlaylists(SHELF).map(({ playlist, folder }) => [playlist.name, folder?.name ?? null]),
    ).toEqual([
      ['Übungsraum', null],
      ['Late train', 'Unterwegs'],
      ['Slow Ferry', 'Sea'],
      ['Kitchen', null],
    ]);
  });

  it('shows one folder, or finds a name in all of them, accents aside', () => {
    const own = { sort: 'own', descending: false, filter: '' } as const;
    expect(names(shelfView(SHELF, findFolder(SHELF, 'f2'), own))).toEqual(['Slow Ferry']);
    expect(names(shelfView(SHELF, null, { ...own, filter: 'ubung' }))).toEqual(['Übungsraum']);
    expect(names(shelfView(SHELF, null, { ...own, filter: 'ferry' }))).toEqual(['Slow Ferry']);
    expect(findFolder(SHELF, 'gone')).toBeNull();
  });

  it('sorts by name and by the last change, either way, and leaves the own order as it is', () => {
    const by = (sort: 'own' | 'title' | 'changed', descending: boolean) =>
      names(shelfView(SHELF, null, { sort, descending, filter: '' }));
    expect(by('own', false)).toEqual(['Übungsraum', 'Unterwegs', 'Kitchen']);
    expect(by('title', false)).toEqual(['Kitchen', 'Übungsraum', 'Unterwegs']);
    expect(by('changed', true)).toEqual(['Kitchen', 'Übungsraum', 'Unterwegs']);
  });

  it('offers tracks only to playlists that this listener may put them into', () => {
    const rules = { match: 'all', rules: [], limit: null, order: null } as never;
    expect(takesTracks(playlistCalled('p', 'Mine'))).toBe(true);
    expect(takesTracks(playlistCalled('p', 'Ours', { role: 'editor' }))).toBe(true);
    expect(takesTracks(playlistCalled('p', 'Theirs', { role: 'viewer' }))).toBe(false);
    expect(takesTracks(playlistCalled('p', 'Smart', { rules }))).toBe(false);
  });
});
