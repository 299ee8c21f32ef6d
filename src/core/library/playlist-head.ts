/** What a playlist is called, whose it is and who else may do what: fields that go to their last writer. */
import { assertNever } from '../playback/assert-never.ts';
import type { DetailChanges, MemberRole, PlaylistDetails, PlaylistOperation } from './operations.ts';
import { compareText } from './pieces.ts';
import { NEW_DETAILS, type PlaylistView } from './playlist-view.ts';
import type { PlaylistSnapshot, Stamped } from './snapshot.ts';
import type { Stamp } from './stamp.ts';

export type HeadOperation = Exclude<
  PlaylistOperation,
  { readonly type: 'add' } | { readonly type: 'remove' } | { readonly type: 'move' }
>;

export interface PlaylistHead {
  /** Whether it is shown differently now. */
  apply(operation: HeadOperation): boolean;
  current(): Pick<PlaylistView, 'owner' | 'isDeleted' | 'details' | 'members'>;
  /** Null: no member. */
  roleOf(userId: string): MemberRole | null;
  snapshot(): Pick<PlaylistSnapshot, 'owner' | 'details' | 'deleted' | 'members'>;
}

const isLater = (stamp: Stamp, written: Stamped<unknown> | null | undefined): boolean =>
  written === null || written === undefined || stamp > written[1];

export const createPlaylistHead = (
  start: Pick<PlaylistSnapshot, 'owner' | 'details' | 'deleted' | 'members'>,
): PlaylistHead => {
  let { owner, deleted } = start;
  const details: {
    -readonly [Field in keyof PlaylistDetails]?: Stamped<PlaylistDetails[Field]> | undefined;
  } = { ...start.details };
  const members = new Map(start.members);

  const setField = <Field extends keyof PlaylistDetails>(
    field: Field,
    value: PlaylistDetails[Field] | undefined,
    stamp: Stamp,
  ): boolean => {
    const written: Stamped<PlaylistDetails[Field]> | undefined = details[field];
    if (value === undefined || !isLater(stamp, written)) return false;
    const entry: Partial<Record<Field, Stamped<PlaylistDetails[Field]>>> = {};
    entry[field] = [value, stamp];
    Object.assign(details, entry);
    return true;
  };
  const setDetails = (changes: DetailChanges, stamp: Stamp): boolean =>
    [
      setField('name', changes.name, stamp),
      setField('description', changes.description, stamp),
      setField('picture', changes.picture, stamp),
      setField('visibility', changes.visibility, stamp),
      setField('rules', changes.rules, stamp),
    ].includes(true);
  const setDeleted = (value: boolean, stamp: Stamp): boolean => {
    if (!isLater(stamp, deleted)) return false;
    const isChanged = (deleted?.[0] ?? false) !== value;
    deleted = [value, stamp];
    return isChanged;
  };

  return {
    apply(operation) {
      const { stamp } = operation;
      switch (operation.type) {
        case 'create': {
          const isFirst = owner === null || stamp < owner[1];
          if (isFirst) owner = [operation.owner, stamp];
          return setDetails(operation.details, stamp) || isFirst;
        }
        case 'edit':
          return setDetails(operation.changes, stamp);
        case 'member':
          if (!isLater(stamp, members.get(operation.userId))) return false;
          members.set(operation.userId, [operation.role, stamp]);
          return true;
        case 'delete':
          return setDeleted(true, stamp);
        case 'restore':
          return setDeleted(false, stamp);
        default:
          return assertNever(operation);
      }
    },
    current: () => ({
      owner: owner?.[0] ?? null,
      isDeleted: deleted?.[0] ?? false,
      details: {
        name: details.name?.[0] ?? NEW_DETAILS.name,
        description: details.description?.[0] ?? NEW_DETAILS.description,
        picture: details.picture?.[0] ?? NEW_DETAILS.picture,
        visibility: details.visibility?.[0] ?? NEW_DETAILS.visibility,
        rules: details.rules?.[0] ?? NEW_DETAILS.rules,
      },
      members: [...members]
        .flatMap(([userId, [role]]) => (role === null ? [] : [{ userId, role }]))
        .sort((one, other) => compareText(one.userId, other.userId)),
    }),
    roleOf: (userId) => members.get(userId)?.[0] ?? null,
    snapshot: () => ({
      owner,
      details: { ...details },
      deleted,
      members: [...members].sort(([one], [other]) => compareText(one, other)),
    }),
  };
};
