/** Who may do what to a playlist. Whoever lets operations in asks this of every one; the window asks it before it offers anything. */
import { assertNever } from '../playback/assert-never.ts';
import type { MemberRole, PlaylistDetails, PlaylistOperation } from './operations.ts';

export type PlaylistRole = 'owner' | MemberRole | 'visitor';

/** What editors may set; visibility and rules are the owner's. */
const EDITORS_DETAILS: ReadonlySet<string> = new Set<keyof PlaylistDetails>([
  'name',
  'description',
  'picture',
]);

/**
 * Owners may do everything in their own name, editors change what a playlist holds and how it is called, and every member may
 * leave. An item may be put back under the name of who had added it; everything else that is added is in the asker's own.
 * `role` null: there is no such playlist yet. Then it may be created and nothing else; once it is there, nobody may do so again, or a
 * collaborator could take it over. Of several operations each is asked about as things stand after those before it.
 */
export const mayApply = (
  asker: { readonly userId: string; readonly role: PlaylistRole | null },
  operation: PlaylistOperation,
): boolean => {
  const { userId, role } = asker;
  const isEditing = role === 'owner' || role === 'editor';
  switch (operation.type) {
    case 'create':
      return role === null && operation.owner === userId;
    case 'edit':
      return (
        role === 'owner' ||
        (role === 'editor' &&
          Object.entries(operation.changes).every(
            ([field, value]) => value === undefined || EDITORS_DETAILS.has(field),
          ))
      );
    case 'add':
      return isEditing && operation.by === userId;
    case 'remove':
    case 'move':
      return isEditing;
    case 'member':
      return operation.userId === userId
        ? operation.role === null && (role === 'editor' || role === 'viewer')
        : role === 'owner';
    case 'delete':
    case 'restore':
      return role === 'owner';
    default:
      return assertNever(operation);
  }
};
