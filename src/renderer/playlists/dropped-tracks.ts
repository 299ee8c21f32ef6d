/** Tracks that come into a playlist by hand, and items that go out of one by it. */
import type { Track } from '../../contract/catalog-http.ts';
import type { PlaylistItem } from '../../contract/library.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { change } from './page-changes.ts';
import { allItems, type ListView } from './playlist-queries.ts';

/** Adds tracks that were dropped on a list: before that item, or to the end. */
export const addDropped = async (
  id: string,
  tracks: readonly Track[],
  before: string | null,
): Promise<void> => {
  const trackIds = tracks.map((track) => track.id);
  await change(
    () => host.playlists.add({ id, trackIds, before, duplicates: 'add' }),
    ({ added }) =>
      i18n.t('list.done.pasted', { ns: 'playlists', count: added, formatted: formatCount(added) }),
  );
};

/** Items by their ids, in list order; those that are not at hand are asked for. Rejects as the host does. */
export async function itemsOf(
  id: string,
  view: ListView,
  itemIds: readonly string[],
  rowOf: (itemId: string) => PlaylistItem | undefined,
): Promise<readonly PlaylistItem[]> {
  const atHand = itemIds.flatMap((itemId) => rowOf(itemId) ?? []);
  if (atHand.length === itemIds.length) return atHand;
  const wanted = new Set(itemIds);
  return (await allItems(id, view)).filter(({ itemId }) => wanted.has(itemId));
}
