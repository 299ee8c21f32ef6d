import type { PlaylistItem } from '../../contract/library.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { change } from './page-changes.ts';

/** What is there more than once: of every group all but the first. */
export const surplusOf = (groups: readonly (readonly PlaylistItem[])[]): readonly string[] =>
  groups.flatMap((group) => group.slice(1).map(({ itemId }) => itemId));

export const removeDuplicates = async (id: string, itemIds: readonly string[]): Promise<void> => {
  await change(
    () => host.playlists.remove({ id, itemIds }),
    i18n.t('list.duplicates.removed', {
      ns: 'playlists',
      count: itemIds.length,
      formatted: formatCount(itemIds.length),
    }),
  );
};
