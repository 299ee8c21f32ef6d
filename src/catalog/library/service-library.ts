/** The libraries of one service: its parts, wired, and what runs beside requests. */
import { setTimeout as wait } from 'node:timers/promises';
import type { MemberRole } from '../../core/library/operations.ts';
import { roleIn } from '../../core/library/playlist-view.ts';
import type { DocumentList, Member, Playlist } from '../../contract/library-http.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { createChangeFeed } from './change-feed.ts';
import { createDeleteListener, type DeleteListener } from './delete-listener.ts';
import { createDocuments } from './documents.ts';
import { createEventHub, type EventListener } from './event-hub.ts';
import { createExportLibrary, type ExportLibrary } from './export-library.ts';
import { createImages, type Images } from './images.ts';
import { createImportLibrary, type ImportLibrary } from './import-library.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { playlistRef } from './library-keys.ts';
import { createLibraryWriter } from './library-writer.ts';
import { createMemberships } from './memberships.ts';
import { createPlays, type Plays } from './plays.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { createReadLibrary, type ReadLibrary } from './read-library.ts';
import { createReadShared, type ReadShared } from './read-shared.ts';
import { createShares, type Shares } from './shares.ts';
import { createTakeChanges, type TakeChanges } from './take-changes.ts';

export interface ServiceLibraryLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ServiceLibrary {
  readonly changes: TakeChanges;
  readonly reading: Pick<ReadLibrary, 'read'>;
  readonly invitations: Invitations;
  readonly shares: Shares;
  readonly profiles: Profiles;
  readonly plays: Plays;
  readonly images: Images;
  readonly exportOf: ExportLibrary;
  readonly importInto: ImportLibrary;
  readonly listeners: Pick<DeleteListener, 'delete'>;
  /** Every document of a listener; at most some seconds old. */
  documents(userId: string): Promise<DocumentList['documents']>;
  /** Null: there is none that they may see. */
  playlist(userId: string, playlistId: string): Promise<Playlist | null>;
  /** What whoever has a link to a playlist may see of it. */
  readonly shared: ReadShared;
  roleOf(userId: string, playlistId: string): Promise<'owner' | MemberRole | 'visitor' | null>;
  listen(userId: string, listener: EventListener): Promise<{ close(): void }>;
  /** From now on what was left unfinished is finished, and troubles are told. */
  start(log: ServiceLibraryLog): void;
  /** Ends all streams; without it nothing that waits for them ends. */
  endStreams(): void;
  close(): Promise<void>;
  readonly counts: { readonly conflicts: number; readonly written: number };
}

/** While the feed is followed, what is known of a document is trusted for so long: a writer may have been killed before it told. */
const TRUSTED_MS = 60_000;
const FINISH_EVERY_MS = 600_000;

export const createServiceLibrary = (options: {
  readonly store: ObjectStore;
  readonly forgetAccount: (userId: string) => Promise<void>;
  readonly nowMs?: () => number;
  readonly followIntervalMs?: number;
}): ServiceLibrary => {
  const { store, forgetAccount, nowMs = Date.now, followIntervalMs } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let log: ServiceLibraryLog | null = null;
  let running: Promise<void> = Promise.resolve();
  const onTrouble = (error: unknown): void =>
    log?.warn({ err: error }, 'beside a request, something of a library failed');

  const hub = createEventHub({ onFirst: () => feed.follow(), onNone: () => feed.unfollow() });
  const documents = createDocuments({ store, nowMs, onTrouble });
  const feed = createChangeFeed({
    store,
    nowMs,
    onChange: (change) => {
      documents.heard(change, change.revision);
      hub.changed(change);
    },
    onPlays: hub.playsChanged,
    onTrouble,
    ...(followIntervalMs === undefined ? {} : { followIntervalMs }),
  });
  const memberships = createMemberships(store);
  const writer = createLibraryWriter({ documents, memberships, feed });
  const reading = createReadLibrary(documents, memberships);
  const profiles = createProfiles(store, nowMs);
  const plays = createPlays({ store, nowMs, onChange: (userKey) => feed.announcePlays(userKey) });
  const images = createImages(store);
  const invitations = createInvitations({ store, writer, nowMs });
  const shares = createShares({ store, documents });
  const deletions = createDeleteListener({
    store,
    documents,
    writer,
    memberships,
    images,
    invitations,
    shares,
    deleteAccount: forgetAccount,
    nowMs,
  });

  const list = (userId: string): Promise<DocumentList['documents']> => {
    const since = feed.followedSinceMs();
    return reading.list(userId, since === null ? 0 : Math.min(TRUSTED_MS, nowMs() - since));
  };

  const memberOf = async (userId: string, role: Member['role']): Promise<Member> => ({
    userId,
    role,
    name: await profiles.nameOf(userId),
  });

  const finishNowAndThen = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const finished = await deletions.finish();
        if (finished > 0) log?.info({ listeners: finished }, 'deletions of listeners finished');
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        log?.warn({ err: error }, 'what is left of deleted listeners cannot be looked for');
      }
      await wait(FINISH_EVERY_MS * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      );
    }
  };

  return {
    changes: createTakeChanges({ writer, memberships, nowMs }),
    reading,
    invitations,
    shares,
    shared: createReadShared({ documents, shares, profiles }),
    profiles,
    plays,
    images,
    exportOf: createExportLibrary({ documents, reading, plays, nowMs }),
    importInto: createImportLibrary({ writer, plays, nowMs }),
    listeners: deletions,
    counts: documents.counts,
    documents: list,
    async roleOf(userId, playlistId) {
      const { standing } = await documents.newest(playlistRef(playlistId));
      return standing.isDeleted ? null : roleIn(standing, userId);
    },
    async playlist(userId, playlistId) {
      const ref = playlistRef(playlistId);
      const { standing } = await documents.newest(ref);
      const { owner, members, isDeleted, isPublic } = standing;
      const role = roleIn(standing, userId);
      if (owner === null || role === null || isDeleted) return null;
      if (role === 'visitor' && !isPublic) return null;
      const seen = await documents.look(ref, ({ replica, revision }) => {
        const { details, items } = replica.view();
        return { details, itemCount: items.length, revision };
      });
      const shown = role === 'visitor' ? [] : members;
      return {
        id: playlistId,
        ...seen.details,
        members: [
          await memberOf(owner, 'owner'),
          ...(await Promise.all(shown.map((member) => memberOf(member.userId, member.role)))),
        ],
        itemCount: seen.itemCount,
        revision: seen.revision,
        role: role === 'visitor' ? null : role,
      };
    },
    listen: (userId, listener) => hub.open(userId, listener, () => list(userId)),
    start(to) {
      log = to;
      // Only a defect ends it; requests are answered on.
      running = finishNowAndThen().catch((error: unknown) =>
        to.error({ err: error }, 'deletions are no longer finished'),
      );
    },
    endStreams: () => hub.close(),
    async close() {
      stopping.abort();
      hub.close();
      await running;
      await feed.close();
      await documents.settle();
    },
  };
};
