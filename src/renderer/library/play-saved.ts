/** Plays liked tracks, also those that no page has shown yet. */
import type { Track } from '../../contract/catalog-http.ts';
import type { ListPage, SavedItem, SavedRequest } from '../../contract/library.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { player } from '../playback/player.ts';
import { showToast } from '../ui/toast.ts';
import { LIKED_ORIGIN_ID } from './library-paths.ts';
import { sayNotDone } from './undoable.ts';

/** A queue holds no more (see `contract/playback-session`). */
const MOST_TRACKS = 20_000;
const TRACKS_A_PAGE = 500;

export type SavedOrder = Omit<SavedRequest, 'offset' | 'limit'>;
type Page = ListPage<SavedItem<Track>>;

const known = ({ items }: Page): readonly Track[] =>
  items.flatMap(({ item }) => (item === null ? [] : [item]));

/** Of the list in that order those from `first` on, `count` of them at most. Rejects with HostFailure. */
export async function savedTracks(
  order: SavedOrder,
  first: number,
  count: number,
): Promise<readonly Track[]> {
  const tracks: Track[] = [];
  for (let offset = first; offset < first + count; offset += TRACKS_A_PAGE) {
    const limit = Math.min(TRACKS_A_PAGE, first + count - offset);
    // One after the other: what else the window asks gets its turn between them.
    const page = await host.library.tracks({ ...order, offset, limit });
    tracks.push(...known(page));
    if (offset + limit >= page.total) break;
  }
  return tracks;
}

/** The tracks at those places, in their order. Rejects with HostFailure. */
export async function savedTracksAt(
  order: SavedOrder,
  indexes: readonly number[],
): Promise<readonly Track[]> {
  const byIndex = new Map<number, Track>();
  const pages = new Set(indexes.map((index) => Math.floor(index / TRACKS_A_PAGE)));
  for (const page of pages) {
    const offset = page * TRACKS_A_PAGE;
    const { items } = await host.library.tracks({ ...order, offset, limit: TRACKS_A_PAGE });
    for (const [at, { item }] of items.entries()) if (item !== null) byIndex.set(offset + at, item);
  }
  return indexes.flatMap((index) => byIndex.get(index) ?? []);
}

/** Where the window of a queue begins so that it holds `index` and as much after it as there is. */
export const queueWindow = (index: number, total: number): number =>
  Math.max(0, Math.min(index, total - MOST_TRACKS));

/** Plays the list from one of its places on; of a list longer than a queue those that come after it. */
export async function playSavedFrom(order: SavedOrder, index: number, total: number): Promise<void> {
  try {
    const first = queueWindow(index, total);
    const tracks = await savedTracks(order, first, MOST_TRACKS);
    const [started] = await savedTracksAt(order, [index]);
    const at = tracks.findIndex(({ id }) => id === started?.id);
    if (tracks.length > 0) player.play(tracks, Math.max(at, 0), likedOrigin());
  } catch (failure) {
    sayNotDone(i18n.t('toast.notPlayed', { ns: 'library' }), failure);
  }
}

export async function shuffleSaved(order: SavedOrder, total: number): Promise<void> {
  try {
    const tracks = await savedTracks(order, 0, MOST_TRACKS);
    if (tracks.length > 0) player.playShuffled(tracks, likedOrigin());
    if (total > MOST_TRACKS) showToast({ text: i18n.t('toast.tooMany', { ns: 'library' }) });
  } catch (failure) {
    sayNotDone(i18n.t('toast.notPlayed', { ns: 'library' }), failure);
  }
}

/** What a queue of liked tracks says it plays from. */
export const likedOrigin = (): Origin => ({
  kind: 'tracks',
  id: LIKED_ORIGIN_ID,
  title: i18n.t('places.tracks', { ns: 'library' }),
});
