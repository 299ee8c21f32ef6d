/**
 * Under what a playlist is shared with whoever has the link. A public playlist is by its own id. A private one is by that id with a
 * secret of 128 bits behind it, which one small document for each playlist keeps; of those that were taken back it keeps the SHA-256.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { readPlaylistShare } from '../../core/share/share-link.ts';
import { createVersionedDocument } from '../segments/versioned-document.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Documents, Newest } from './documents.ts';
import { playlistRef, sharesLog } from './library-keys.ts';

export type SharedLink =
  | {
      readonly is: 'open';
      readonly playlistId: string;
      /** It leads there only as long as the playlist is public. */
      readonly isById: boolean;
    }
  /** It led to a playlist, and does not any more. */
  | { readonly is: 'gone' }
  | { readonly is: 'unknown' };

/** Who may do what is asked before: here everybody may. Every method may reject with a `StoreError`. */
export interface Shares {
  /** The id of a private playlist's sharing: the same again until it is taken back, then another. */
  shareIdOf(playlistId: string): Promise<string>;
  /** From when it resolves nobody comes in by that id. Whether one did before, or ever had. */
  revoke(shareId: string): Promise<boolean>;
  /** What an id leads to, as the store has it now. */
  follow(shareId: string): Promise<SharedLink>;
  /** All that is kept about a playlist's sharing. */
  removeAll(playlistId: string): Promise<void>;
}

const SECRET_BYTES = 16;
/** Older ones lead to "there is nothing" in place of "it is not shared any more". */
const MOST_ENDED = 50;

const sharesSchema = z.object({
  /** Null: there is none at present. */
  secret: z.string().nullable(),
  /** SHA-256, hexadecimal; the newest first. */
  ended: z.array(z.string()).max(MOST_ENDED).readonly(),
});
type KeptShares = Readonly<z.infer<typeof sharesSchema>>;

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other));
const hasEnded = ({ ended }: KeptShares, secret: string): boolean =>
  ended.includes(digestOf(secret).toString('hex'));

/** What was there leaves a revision behind (an erasure too); what never was has none. */
const isOver = ({ revision, standing }: Newest): boolean =>
  revision > 0 && (standing.owner === null || standing.isDeleted);

export const createShares = (options: {
  readonly store: ObjectStore;
  readonly documents: Pick<Documents, 'newest'>;
}): Shares => {
  const { store, documents } = options;
  const keptOf = (playlistId: string) =>
    createVersionedDocument({ store, log: sharesLog(playlistId), schema: sharesSchema });

  return {
    async shareIdOf(playlistId) {
      const fresh = randomBytes(SECRET_BYTES).toString('base64url');
      const kept = await keptOf(playlistId).update((now) =>
        now !== null && now.secret !== null ? 'unchanged' : { secret: fresh, ended: now?.ended ?? [] },
      );
      return `${playlistId}${kept?.value.secret ?? fresh}`;
    },
    async revoke(shareId) {
      const share = readPlaylistShare(shareId);
      if (share === null || share.secret === null) return false;
      const { playlistId, secret } = share;
      const kept = await keptOf(playlistId).update((now) => {
        if (now === null || now.secret === null || !isSame(now.secret, secret)) return 'unchanged';
        const ended = [digestOf(secret).toString('hex'), ...now.ended].slice(0, MOST_ENDED);
        return { secret: null, ended };
      });
      return kept !== null && hasEnded(kept.value, secret);
    },
    async follow(shareId) {
      const share = readPlaylistShare(shareId);
      if (share === null) return { is: 'unknown' };
      const { playlistId, secret } = share;
      const newest = await documents.newest(playlistRef(playlistId));
      if (isOver(newest)) return { is: 'gone' };
      if (newest.standing.owner === null) return { is: 'unknown' };
      // That a private playlist is there is not told by its id.
      if (secret === null)
        return newest.standing.isPublic ? { is: 'open', playlistId, isById: true } : { is: 'unknown' };
      const kept = (await keptOf(playlistId).latest())?.value ?? null;
      if (kept?.secret !== null && kept?.secret !== undefined && isSame(kept.secret, secret))
        return { is: 'open', playlistId, isById: false };
      return { is: kept !== null && hasEnded(kept, secret) ? 'gone' : 'unknown' };
    },
    async removeAll(playlistId) {
      const keys: string[] = [];
      for await (const { key } of store.list(`${sharesLog(playlistId)}/`)) keys.push(key);
      await store.delete(keys);
    },
  };
};
