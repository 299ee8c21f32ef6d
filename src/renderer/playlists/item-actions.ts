/** What is done to the items of a playlist. Shows at once; what the host says stands. */
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { showToast } from '../ui/toast.ts';
import { clipStore, type Clip } from './clipboard.ts';
import { movedOrder } from './item-order.ts';
import { change } from './page-changes.ts';
import { showOrder, type ItemRef } from './playlist-queries.ts';

const say = i18n.getFixedT(null, 'playlists');

const wordsOf = (count: number, title: string) => ({ count, formatted: formatCount(count), title });

/** @param title of the first of them, for the words */
export async function removeItems(id: string, itemIds: readonly string[], title: string): Promise<void> {
  const gone = new Set(itemIds);
  const putBack = await showOrder(id, (order) => order.filter(({ itemId }) => !gone.has(itemId)));
  const done = await change(
    () => host.playlists.remove({ id, itemIds }),
    say('list.done.removed', wordsOf(itemIds.length, title)),
  );
  if (done === null) putBack();
}

/** Before an item, or to the end; gives the words that say where they stand, for those who do not see it. */
export async function moveItems(options: {
  readonly id: string;
  readonly order: readonly ItemRef[];
  readonly itemIds: readonly string[];
  readonly before: string | null;
  readonly title: string;
}): Promise<string> {
  const { id, order, itemIds, before, title } = options;
  const moving = new Set(itemIds);
  const ids = order.map(({ itemId }) => itemId);
  const after = movedOrder(ids, moving, before);
  const refs = new Map(order.map((ref) => [ref.itemId, ref]));
  const text = say('list.done.moved', {
    ...wordsOf(itemIds.length, title),
    place: formatCount(after.findIndex((itemId) => moving.has(itemId)) + 1),
  });
  const putBack = await showOrder(id, () => after.flatMap((itemId) => refs.get(itemId) ?? []));
  const done = await change(() => host.playlists.move({ id, itemIds, before }), text);
  if (done === null) putBack();
  return text;
}

/** Puts items on the clipboard of the window, and says so. */
export function takeItems(clip: Clip, title: string): void {
  if (clip.items.length === 0) return;
  clipStore.setState({ clip });
  showToast({
    text: say(`list.done.${clip.kind === 'cut' ? 'cut' : 'copied'}`, wordsOf(clip.items.length, title)),
  });
}

/** What is on the clipboard goes before an item, or to the end. What was cut moves, and is then no longer on it. */
export async function pasteItems(
  id: string,
  order: readonly ItemRef[],
  before: string | null,
): Promise<void> {
  const { clip } = clipStore.getState();
  if (clip === null) return;
  const count = clip.items.length;
  const itemIds = clip.items.map(({ itemId }) => itemId);
  const formatted = formatCount(count);
  if (clip.kind === 'copy') {
    await change(
      () =>
        host.playlists.add({
          id,
          trackIds: clip.items.map(({ trackId }) => trackId),
          before,
          duplicates: 'add',
        }),
      ({ added }) => say('list.done.pasted', { count: added, formatted: formatCount(added) }),
    );
    return;
  }
  clipStore.setState({ clip: null });
  if (clip.playlistId === id) {
    const moving = new Set(itemIds);
    const at = order.findIndex(({ itemId }) => itemId === before);
    const target = at < 0 ? null : (order.slice(at).find(({ itemId }) => !moving.has(itemId)) ?? null);
    await change(
      () => host.playlists.move({ id, itemIds, before: target?.itemId ?? null }),
      say('list.done.movedHere', { count, formatted }),
    );
    return;
  }
  const done = await change(
    () => host.playlists.moveTo({ id: clip.playlistId, itemIds, to: id }),
    say('list.done.movedHere', { count, formatted }),
  );
  // What could not be moved is still there to be pasted elsewhere.
  if (done === null) clipStore.setState({ clip });
}
