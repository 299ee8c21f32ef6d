/**
 * Which playlists are somebody's: an empty object for each under the listener's folder. Written before the playlist says so, and
 * removed after it says otherwise; so a kill in between leaves one too many, never one too few, and the playlist itself decides.
 */
import type { ObjectStore } from '../store/object-store.ts';
import type { PlaylistStanding } from './batch.ts';
import { membershipFolder, membershipKey, userKeyOf } from './library-keys.ts';

export interface Memberships {
  add(userId: string, playlistId: string): Promise<void>;
  remove(userId: string, playlistId: string): Promise<void>;
  /** Playlists that may be theirs. */
  list(userId: string): Promise<readonly string[]>;
}

export const createMemberships = (store: ObjectStore): Memberships => ({
  add: async (userId, playlistId) => {
    await store.create(membershipKey(userKeyOf(userId), playlistId), new Uint8Array(), {
      contentType: 'application/octet-stream',
      cacheControl: 'no-store',
    });
  },
  remove: (userId, playlistId) => store.delete([membershipKey(userKeyOf(userId), playlistId)]),
  list: async (userId) => {
    const folder = membershipFolder(userKeyOf(userId));
    const ids: string[] = [];
    for await (const { key } of store.list(folder)) ids.push(key.slice(folder.length));
    return ids.filter((id) => /^[0-9a-z]{20}$/.test(id));
  },
});

/** The owner first. */
export const peopleOf = ({ owner, members }: PlaylistStanding): readonly string[] => [
  ...(owner === null ? [] : [owner]),
  ...members.map(({ userId }) => userId),
];

export const isTheirs = (standing: PlaylistStanding, userId: string): boolean =>
  peopleOf(standing).includes(userId);
