/** Writes to documents, with all that belongs to a write: memberships before and after it, and telling of it. */
import { playlistIdOf, type DocumentKind } from '../../core/library/documents.ts';
import { createStampClock, type StampClock } from '../../core/library/stamp.ts';
import type { PlaylistStanding } from './batch.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { DocumentState } from './document-state.ts';
import type { Decision, Documents, WriteResult } from './documents.ts';
import { SERVICE_DEVICE } from './judge-changes.ts';
import { userKeyOf, type DocumentRef } from './library-keys.ts';
import { isTheirs, peopleOf, type Memberships } from './memberships.ts';

export interface LibraryWriter {
  /** As `Documents.write`; whoever has the document open hears of it. */
  write<Kind extends DocumentKind, Answer>(
    ref: DocumentRef<Kind>,
    decide: (state: DocumentState<Kind>) => Decision<Kind, Answer>,
  ): Promise<WriteResult<Answer>>;
  /** Tells of what is there already: whoever wrote it may have been killed before it told. */
  tellAgain(ref: DocumentRef): Promise<void>;
  /** Removes a document; those who had it hear of that. */
  erase(ref: DocumentRef): Promise<void>;
}

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((one) => !others.includes(one));

/** By which the service stamps operations of its own, later than all that the document has. */
export const serviceClock = (state: DocumentState<DocumentKind>, nowMs: () => number): StampClock => {
  const clock = createStampClock({ device: SERVICE_DEVICE, now: nowMs, last: null });
  for (const stamp of Object.values(state.replica.seen())) clock.observe(stamp);
  return clock;
};

export const createLibraryWriter = (options: {
  readonly documents: Documents;
  readonly memberships: Memberships;
  readonly feed: Pick<ChangeFeed, 'announce'>;
}): LibraryWriter => {
  const { documents, memberships, feed } = options;

  const announce = (
    ref: DocumentRef,
    revision: number,
    before: PlaylistStanding,
    after: PlaylistStanding,
  ): void =>
    feed.announce({
      document: ref.name,
      folder: ref.folder,
      revision,
      isGone: ref.kind === 'playlist' && (after.owner === null || after.isDeleted),
      // Whoever began to listen while it was deleted does not know of it.
      joined: (before.isDeleted && !after.isDeleted
        ? peopleOf(after)
        : without(peopleOf(after), peopleOf(before))
      ).map(userKeyOf),
      left: without(peopleOf(before), peopleOf(after)).map(userKeyOf),
    });

  const forget = async (ref: DocumentRef, playlistId: string, userId: string): Promise<void> => {
    await memberships.remove(userId, playlistId);
    // Somebody may have joined again meanwhile, elsewhere.
    const { standing } = await documents.newest(ref);
    if (isTheirs(standing, userId)) await memberships.add(userId, playlistId);
  };

  return {
    async write(ref, decide) {
      const playlistId = playlistIdOf(ref.name);
      const result = await documents.write(ref, decide, async (before, after) => {
        if (playlistId === null) return;
        for (const userId of without(peopleOf(after), peopleOf(before)))
          await memberships.add(userId, playlistId);
      });
      if (result.is === 'answered') return result;
      const { revision, before, after } = result;
      announce(ref, revision, before, after);
      if (playlistId !== null)
        for (const userId of without(peopleOf(before), peopleOf(after)))
          await forget(ref, playlistId, userId);
      return result;
    },
    async tellAgain(ref) {
      const { revision, standing } = await documents.newest(ref);
      const nobody = { ...standing, owner: null, members: [] };
      announce(ref, revision, nobody, standing);
    },
    async erase(ref) {
      const { revision, standing } = await documents.newest(ref);
      await documents.erase(ref);
      announce(ref, revision + 1, standing, { owner: null, isDeleted: true, isPublic: false, members: [] });
    },
  };
};
