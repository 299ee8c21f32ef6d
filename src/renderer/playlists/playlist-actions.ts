/** What is done to a playlist as a whole. */
import type { PlaylistHead, Undoable } from '../../contract/library.ts';
import type { SmartRules } from '../../core/library/smart/rules.ts';
import type { Visibility } from '../../core/library/operations.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { player } from '../playback/player.ts';
import { change, sayFailed } from './page-changes.ts';
import { allItems, type ListView } from './playlist-queries.ts';

const say = i18n.getFixedT(null, 'playlists');

export const renamePlaylist = (id: string, name: string): Promise<Undoable | null> =>
  change(() => host.playlists.edit({ id, changes: { name } }), say('done.renamed', { name }));

export const describePlaylist = (id: string, description: string): Promise<Undoable | null> =>
  change(() => host.playlists.edit({ id, changes: { description } }), say('done.described'));

export const setRules = (id: string, rules: SmartRules): Promise<Undoable | null> =>
  change(() => host.playlists.edit({ id, changes: { rules } }), say('done.rules'));

export const setVisibility = (
  { id, name }: Pick<PlaylistHead, 'id' | 'name'>,
  visibility: Visibility,
): Promise<Undoable | null> =>
  change(
    () => host.playlists.edit({ id, changes: { visibility } }),
    say(visibility === 'public' ? 'done.public' : 'done.private', { name }),
  );

export const setPicture = (id: string, dataUrl: string | null): Promise<Undoable | null> =>
  change(() => host.playlists.setPicture({ id, dataUrl }), say('done.pictured'));

export const deletePlaylist = ({ id, name }: Pick<PlaylistHead, 'id' | 'name'>): Promise<Undoable | null> =>
  change(() => host.playlists.delete({ id }), say('done.deleted', { name }));

export const takeOffShelf = ({ id, name }: Pick<PlaylistHead, 'id' | 'name'>): Promise<Undoable | null> =>
  change(() => host.library.take({ keys: [`playlist:${id}`] }), say('done.took', { name }));

export const putOnShelf = ({ id, name }: Pick<PlaylistHead, 'id' | 'name'>): Promise<Undoable | null> =>
  change(() => host.library.put({ playlistId: id, folderId: null }), say('done.put', { name }));

/** A playlist of one's own that holds the same: its tracks as they are now, or its rules. */
export const saveCopy = ({
  id,
  name,
  description,
  rules,
}: Pick<PlaylistHead, 'id' | 'name' | 'description' | 'rules'>): Promise<Undoable | null> =>
  change(
    async () => {
      const items =
        rules === null ? await host.playlists.trackIds({ id, sort: 'own', descending: false }) : [];
      const trackIds = items.map(({ trackId }) => trackId);
      return host.playlists.create({ name, description, trackIds, ...(rules === null ? {} : { rules }) });
    },
    say('done.copied', { name }),
  );

/** Plays a playlist as it is looked at, from a row of it; or shuffled. What the catalog no longer has is passed over. */
export async function playPlaylist(
  { id, name }: Pick<PlaylistHead, 'id' | 'name'>,
  view: ListView,
  from: { readonly itemId: string } | 'top' | 'shuffled',
): Promise<void> {
  try {
    const items = await allItems(id, view);
    const playable = items.flatMap(({ itemId, track }) => (track === null ? [] : [{ itemId, track }]));
    const tracks = playable.map(({ track }) => track);
    if (tracks.length === 0) return;
    const origin = { kind: 'playlist', id, title: name } as const;
    if (from === 'shuffled') player.playShuffled(tracks, origin);
    else {
      const at = from === 'top' ? 0 : playable.findIndex(({ itemId }) => itemId === from.itemId);
      player.play(tracks, Math.max(at, 0), origin);
    }
  } catch (failure) {
    sayFailed(failure, say('failed.play'));
  }
}
