/**
 * Everything of a listener removed from the store. That it has begun is written first and removed last, so that whatever is killed in
 * between is finished by whichever service looks next.
 */
import { z } from 'zod';
import { type DocumentName } from '../../core/library/documents.ts';
import type { PlaylistOperation } from '../../core/library/operations.ts';
import { roleIn } from '../../core/library/playlist-view.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Documents } from './documents.ts';
import type { Images } from './images.ts';
import type { Invitations } from './invitations.ts';
import { deletionKey, DELETIONS, documentRef, playlistRef, userFolder, userKeyOf } from './library-keys.ts';
import { serviceClock, type LibraryWriter } from './library-writer.ts';
import { peopleOf, type Memberships } from './memberships.ts';
import type { Shares } from './shares.ts';

export interface DeleteListener {
  /** All is gone when it resolves. Rejects with a `StoreError`; what is left then is removed by `finish`. */
  delete(userId: string): Promise<void>;
  /** What was begun and not finished. Gives how many. */
  finish(): Promise<number>;
}

const deletionSchema = z.object({ userId: z.string() });
const DELETED_AT_ONCE = 500;

export const createDeleteListener = (options: {
  readonly store: ObjectStore;
  readonly documents: Documents;
  readonly writer: LibraryWriter;
  readonly memberships: Memberships;
  readonly images: Images;
  readonly invitations: Invitations;
  readonly shares: Pick<Shares, 'removeAll'>;
  /** Of our own issuer: the account itself. */
  readonly deleteAccount: (userId: string) => Promise<void>;
  readonly nowMs: () => number;
}): DeleteListener => {
  const { store, documents, writer, memberships, images, invitations, shares, deleteAccount, nowMs } =
    options;

  const leave = async (playlistId: string, userId: string): Promise<void> => {
    await writer.write<'playlist', null>(playlistRef(playlistId), (state) => {
      const role = roleIn(state.standing(), userId);
      if (role !== 'editor' && role !== 'viewer') return { is: 'answer', answer: null };
      const stamp = serviceClock(state, nowMs).next();
      const member: PlaylistOperation = { type: 'member', stamp, userId, role: null };
      return { is: 'write', by: '', device: '', operations: [member] };
    });
  };

  const part = async (playlistId: string, userId: string): Promise<void> => {
    const ref = playlistRef(playlistId);
    const { standing } = await documents.newest(ref);
    if (standing.owner === userId) {
      await invitations.revoke(playlistId);
      for (const member of peopleOf(standing)) {
        if (member !== userId) await memberships.remove(member, playlistId);
      }
      await writer.erase(ref);
      // Of a playlist that is gone none is opened; they are removed so that nothing is left of it.
      await shares.removeAll(playlistId);
    } else await leave(playlistId, userId);
    // Last: as long as it is there, this is tried again.
    await memberships.remove(userId, playlistId);
  };

  const removeFolder = async (folder: string, isKept: (key: string) => boolean): Promise<void> => {
    const keys: string[] = [];
    for await (const { key } of store.list(folder)) if (!isKept(key)) keys.push(key);
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE)
      await store.delete(keys.slice(from, from + DELETED_AT_ONCE));
  };

  const carryOut = async (userId: string): Promise<void> => {
    const userKey = userKeyOf(userId);
    // First the account: nothing of theirs is written any more.
    await deleteAccount(userId);
    for (const playlistId of await memberships.list(userId)) await part(playlistId, userId);
    await images.removeAll(userId);
    const own: readonly DocumentName[] = ['saved', 'shelf'];
    const refs = own.map((document) => documentRef(document, userKey));
    for (const ref of refs) await writer.erase(ref);
    // What says that these documents are erased stays, for replicas that still know them: it names nobody.
    await removeFolder(userFolder(userKey), (key) =>
      refs.some(({ folder }) => key.startsWith(`${folder}/log/`)),
    );
    await store.delete([deletionKey(userKey)]);
  };

  return {
    async delete(userId) {
      await store.create(deletionKey(userKeyOf(userId)), Buffer.from(JSON.stringify({ userId })), {
        contentType: 'application/json',
        cacheControl: 'no-store',
      });
      await carryOut(userId);
    },
    async finish() {
      let finished = 0;
      for await (const { key } of store.list(DELETIONS)) {
        const bytes = await store.getBytes(key);
        if (bytes === null) continue;
        await carryOut(deletionSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).userId);
        finished += 1;
      }
      return finished;
    },
  };
};
