/** A playlist as it stands. */
import type { MemberRole, PlaylistDetails } from './operations.ts';
import type { OrderedView } from './replica.ts';
import type { PlaylistRole } from './roles.ts';
import type { Stamp } from './stamp.ts';

export interface ShownItem {
  readonly itemId: string;
  readonly trackId: string;
  readonly addedBy: string;
  readonly addedAtMs: number;
  /** Sorts the items; two of one position by their ids. */
  readonly position: string;
}
export interface PlaylistView {
  /** Null: it has not been created, as far as is known here. */
  readonly owner: string | null;
  readonly isDeleted: boolean;
  readonly details: PlaylistDetails;
  /** Without the owner; by their ids. */
  readonly members: readonly { readonly userId: string; readonly role: MemberRole }[];
  readonly items: OrderedView<ShownItem>;
  /** Of the last change of anything; null: there is nothing. */
  readonly changedAt: Stamp | null;
}

/** What fields are before anybody wrote them. */
export const NEW_DETAILS: PlaylistDetails = {
  name: '',
  description: '',
  picture: { kind: 'covers' },
  visibility: 'private',
  rules: null,
};

/** What a listener is to it; null while it has not been created. */
export const roleIn = (
  playlist: Pick<PlaylistView, 'owner' | 'members'>,
  userId: string,
): PlaylistRole | null => {
  if (playlist.owner === null) return null;
  if (playlist.owner === userId) return 'owner';
  return playlist.members.find((member) => member.userId === userId)?.role ?? 'visitor';
};
