/**
 * Invitations to a playlist. A code is the playlist's id and a secret of 192 bits; of the secret only its SHA-256 is kept. Whoever
 * uses it first claims it by a create-only put, and then becomes a member; killed in between, the same listener may go on with it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { MemberRole, PlaylistOperation } from '../../core/library/operations.ts';
import { roleIn } from '../../core/library/playlist-view.ts';
import { memberRoleSchema } from '../../contract/library-operations-http.ts';
import { MOST_MEMBERS, type Invitation } from '../../contract/library-http.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { invitationKey, invitationsFolder, playlistRef, usedInvitationKey } from './library-keys.ts';
import { serviceClock, type LibraryWriter } from './library-writer.ts';

export type JoinResult =
  | { readonly is: 'member'; readonly playlistId: string }
  /** Unknown, used by somebody else, expired, or the playlist is gone. */
  | { readonly is: 'void' }
  | { readonly is: 'full' };

export interface Invitations {
  /** Null: there are too many that are open. */
  create(playlistId: string, role: MemberRole): Promise<Invitation | null>;
  /** None of them works any more. */
  revoke(playlistId: string): Promise<void>;
  join(userId: string, code: string): Promise<JoinResult>;
}

const LIFE_MS = 7 * 24 * 3_600_000;
const MOST_OPEN = 200;
const SECRET_BYTES = 24;
const CODE = /^([0-9a-z]{20})([0-9A-Za-z_-]{32})$/;
const JSON_TYPE = { contentType: 'application/json', cacheControl: 'no-store' };

const invitationSchema = z.object({ role: memberRoleSchema, endsAtMs: z.number() });
const usedSchema = z.object({ by: z.string() });

const nameOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const parsed = <Value>(bytes: Uint8Array, schema: z.ZodType<Value>): Value =>
  schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));

type JoinAnswer = 'gone' | 'full' | 'member';

export const createInvitations = (options: {
  readonly store: ObjectStore;
  readonly writer: LibraryWriter;
  readonly nowMs: () => number;
}): Invitations => {
  const { store, writer, nowMs } = options;

  const keysOf = async (playlistId: string): Promise<readonly string[]> => {
    const keys: string[] = [];
    for await (const { key } of store.list(invitationsFolder(playlistId))) keys.push(key);
    return keys;
  };

  /** Removes those that are over; gives how many are left. */
  const tidy = async (playlistId: string): Promise<number> => {
    const keys = await keysOf(playlistId);
    if (keys.length < MOST_OPEN) return keys.length;
    const over: string[] = [];
    for (const key of keys) {
      if (key.endsWith('.used.json')) continue;
      const bytes = await store.getBytes(key);
      if (bytes !== null && parsed(bytes, invitationSchema).endsAtMs > nowMs()) continue;
      over.push(key, key.replace(/\.json$/, '.used.json'));
    }
    await store.delete(over);
    return keys.filter((key) => !over.includes(key)).length;
  };

  /** Whether the invitation is this listener's now. */
  const claim = async (playlistId: string, name: string, userId: string): Promise<boolean> => {
    const key = usedInvitationKey(playlistId, name);
    if (await store.create(key, Buffer.from(JSON.stringify({ by: userId })), JSON_TYPE)) return true;
    const used = await store.getBytes(key);
    return used !== null && parsed(used, usedSchema).by === userId;
  };

  const addMember = (playlistId: string, userId: string, role: MemberRole) =>
    writer.write<'playlist', JoinAnswer>(playlistRef(playlistId), (state) => {
      const standing = state.standing();
      const now = roleIn(standing, userId);
      if (now === null || standing.isDeleted) return { is: 'answer', answer: 'gone' };
      if (now !== 'visitor') return { is: 'answer', answer: 'member' };
      if (standing.members.length >= MOST_MEMBERS) return { is: 'answer', answer: 'full' };
      const clock = serviceClock(state, nowMs);
      const member: PlaylistOperation = { type: 'member', stamp: clock.next(), userId, role };
      return { is: 'write', by: '', device: '', operations: [member] };
    });

  /** Looks whether there is anything to join without using the invitation. */
  const standingFor = (playlistId: string, userId: string) =>
    writer.write<'playlist', JoinAnswer>(playlistRef(playlistId), (state) => {
      const standing = state.standing();
      const now = roleIn(standing, userId);
      if (now === null || standing.isDeleted) return { is: 'answer', answer: 'gone' };
      if (now !== 'visitor') return { is: 'answer', answer: 'member' };
      return { is: 'answer', answer: 'full' };
    });

  return {
    async create(playlistId, role) {
      if ((await tidy(playlistId)) >= MOST_OPEN) return null;
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const endsAtMs = nowMs() + LIFE_MS;
      const body = Buffer.from(JSON.stringify({ role, endsAtMs }));
      await store.create(invitationKey(playlistId, nameOf(secret)), body, JSON_TYPE);
      return { code: `${playlistId}${secret}`, role, expiresAt: new Date(endsAtMs).toISOString() };
    },
    async revoke(playlistId) {
      await store.delete(await keysOf(playlistId));
    },
    async join(userId, code) {
      const [, playlistId, secret] = CODE.exec(code) ?? [];
      if (playlistId === undefined || secret === undefined) return { is: 'void' };
      const name = nameOf(secret);
      const bytes = await store.getBytes(invitationKey(playlistId, name));
      const invitation = bytes === null ? null : parsed(bytes, invitationSchema);
      if (invitation === null || invitation.endsAtMs <= nowMs()) return { is: 'void' };
      const standing = await standingFor(playlistId, userId);
      if (standing.is === 'answered' && standing.answer === 'gone') return { is: 'void' };
      if (standing.is === 'answered' && standing.answer === 'member') return { is: 'member', playlistId };
      if (!(await claim(playlistId, name, userId))) return { is: 'void' };
      const joined = await addMember(playlistId, userId, invitation.role);
      if (joined.is === 'written' || joined.answer === 'member') return { is: 'member', playlistId };
      return { is: joined.answer === 'full' ? 'full' : 'void' };
    },
  };
};
