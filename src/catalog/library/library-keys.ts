/** Where the service keeps listeners' libraries, all under `library/`: every key of it is spelled here and nowhere else. */
import { createHash } from 'node:crypto';
import type { Removal } from '../../core/history/shared-plays.ts';
import { kindOf, playlistIdOf, type DocumentKind, type DocumentName } from '../../core/library/documents.ts';

/** Listeners' ids may hold any character; what stands in keys is 128 bits of their SHA-256. */
export const userKeyOf = (userId: string): string =>
  createHash('sha256').update(`riffle listener\0${userId}`).digest('hex').slice(0, 32);

const fanOut = (name: string): string => name.slice(0, 2);

/** Everything of one listener, and of nobody else. */
export const userFolder = (userKey: string): string => `library/users/${fanOut(userKey)}/${userKey}/`;
export const profileKey = (userKey: string): string => `${userFolder(userKey)}profile.json`;

/** Which playlists somebody owns or is a member of: one empty object for each. */
export const membershipFolder = (userKey: string): string => `${userFolder(userKey)}playlists/`;
export const membershipKey = (userKey: string, playlistId: string): string =>
  `${membershipFolder(userKey)}${playlistId}`;

/** Plays by the day (UTC) on which they began. */
export const playsFolder = (userKey: string): string => `${userFolder(userKey)}plays/`;
export const playsKey = (userKey: string, day: string, sha256: string): string =>
  `${playsFolder(userKey)}${day}/${sha256}.json`;
export const dayOfPlaysFolder = (userKey: string, day: string): string => `${playsFolder(userKey)}${day}/`;
/** Which plays of that day were removed one by one: their stamps alone. */
export const removedPlaysKey = (userKey: string, day: string, sha256: string): string =>
  `${dayOfPlaysFolder(userKey, day)}removed-${sha256}.json`;
/** The day a key under `plays/` belongs to and what it holds, or null when it is none's. */
export const readPlaysKey = (
  key: string,
): { readonly day: string; readonly holds: 'plays' | 'removed' } | null => {
  const [, day, removed] = /\/plays\/(\d{4}-\d{2}-\d{2})\/(removed-)?[0-9a-f]{64}\.json$/.exec(key) ?? [];
  return day === undefined ? null : { day, holds: removed === undefined ? 'plays' : 'removed' };
};
/** Before when plays were removed, and when that was: an empty object, which says it by its name. */
export const playRemovalsFolder = (userKey: string): string => `${userFolder(userKey)}plays-removed/`;
const msText = (ms: number): string => String(ms).padStart(13, '0');
export const playRemovalKey = (userKey: string, { atMs, beforeMs }: Removal): string =>
  `${playRemovalsFolder(userKey)}${msText(atMs)}-${msText(beforeMs)}`;
export const readPlayRemovalKey = (key: string): Removal | null => {
  const [, atMs, beforeMs] = /\/plays-removed\/(\d{13})-(\d{13})$/.exec(key) ?? [];
  return atMs === undefined || beforeMs === undefined
    ? null
    : { atMs: Number(atMs), beforeMs: Number(beforeMs) };
};

/** That somebody uploaded an image: what is artwork under that id is theirs. */
export const imagesFolder = (userKey: string): string => `${userFolder(userKey)}images/`;
export const imageOwnerKey = (userKey: string, imageId: string): string =>
  `${imagesFolder(userKey)}${imageId}`;
/** Not under `artwork/`, where only publishers write. */
export const imageKey = (imageId: string, size: number): string =>
  `library/images/${fanOut(imageId)}/${imageId}-${size}.webp`;

export const playlistFolder = (playlistId: string): string =>
  `library/playlists/${fanOut(playlistId)}/${playlistId}/`;
/** `name` is the SHA-256 of the invitation's secret. */
export const invitationsFolder = (playlistId: string): string => `${playlistFolder(playlistId)}invitations/`;
export const invitationKey = (playlistId: string, name: string): string =>
  `${invitationsFolder(playlistId)}${name}.json`;
/** That an invitation was used, and by whom: created once, by the one who may. */
export const usedInvitationKey = (playlistId: string, name: string): string =>
  `${invitationsFolder(playlistId)}${name}.used.json`;

/** Under which secret a playlist is shared, as a log of revisions. */
export const sharesLog = (playlistId: string): string => `${playlistFolder(playlistId)}shares`;

/** Whose deletion has begun: it is gone when all else is. */
export const DELETIONS = 'library/deletions/';
export const deletionKey = (userKey: string): string => `${DELETIONS}${userKey}.json`;

/** What changed lately, for other replicas: named by when, so that they list in that order. */
export const CHANGES = 'library/changes/';
export const changesKey = (atMs: number, name: string): string =>
  `${CHANGES}${String(Math.max(0, Math.floor(atMs))).padStart(13, '0')}-${name}.json`;
export const changesTimeOf = (key: string): number => Number(key.slice(CHANGES.length, CHANGES.length + 13));

/** A document in the store. */
export interface DocumentRef<Kind extends DocumentKind = DocumentKind> {
  readonly kind: Kind;
  readonly name: DocumentName;
  /** Its folder, without a slash at the end; also what names it among all documents of all listeners. */
  readonly folder: string;
}

export const documentRef = (document: DocumentName, userKey: string): DocumentRef => {
  const playlistId = playlistIdOf(document);
  return {
    kind: kindOf(document),
    name: document,
    folder:
      playlistId === null ? `${userFolder(userKey)}${document}` : `${playlistFolder(playlistId)}document`,
  };
};
export const playlistRef = (playlistId: string): DocumentRef<'playlist'> => ({
  kind: 'playlist',
  name: `playlist:${playlistId}`,
  folder: `${playlistFolder(playlistId)}document`,
});

export const batchLog = (folder: string): string => `${folder}/log`;
export const snapshotFolder = (folder: string): string => `${folder}/snapshots/`;

export interface SnapshotName {
  readonly key: string;
  readonly revision: number;
  readonly atMs: number;
}
const SNAPSHOT_NAME = /^(\d{10})-(\d{13})\.json\.zst$/;
export const snapshotName = (folder: string, revision: number, atMs: number): SnapshotName => ({
  key: `${snapshotFolder(folder)}${String(revision).padStart(10, '0')}-${String(atMs).padStart(13, '0')}.json.zst`,
  revision,
  atMs,
});
export const snapshotOfKey = (folder: string, key: string): SnapshotName | null => {
  const [, revision, atMs] = SNAPSHOT_NAME.exec(key.slice(snapshotFolder(folder).length)) ?? [];
  return revision === undefined || atMs === undefined
    ? null
    : { key, revision: Number(revision), atMs: Number(atMs) };
};
