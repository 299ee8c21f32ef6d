import { useMutation } from '@tanstack/react-query';
import { Copy, Link2, UserRoundX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PlaylistHead, PlaylistMember } from '../../contract/library.ts';
import { MEMBER_ROLES, type MemberRole } from '../../core/library/operations.ts';
import { host } from '../host/host-client.ts';
import { formatDate, formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { ConfirmDialog } from '../settings/confirm-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { showToast } from '../ui/toast.ts';
import { MemberMark, useMemberName } from './member-mark.tsx';
import { change, sayFailed } from './page-changes.ts';
import styles from './people.module.css';

interface PartProps {
  readonly playlist: PlaylistHead;
  readonly onClose: () => void;
}

/** Who makes a playlist together: members and what they may do, inviting, removing, leaving. */
export function PeopleDialog({ playlist, onClose }: PartProps): ReactNode {
  const t = useTexts('playlists');
  const [, navigate] = useLocation();
  const account = useSession(currentAccount);
  const [leaves, setLeaves] = useState(false);
  const [removed, setRemoved] = useState<PlaylistMember | null>(null);
  const memberName = useMemberName();
  const { id, name, role, members } = playlist;
  const me = account?.me.id ?? null;
  const isOwner = role === 'owner';

  const leave = async (): Promise<void> => {
    if (me === null) return;
    const done = await change(
      () => host.playlists.setRole({ id, userId: me, role: null }),
      t('people.done.left', { name }),
    );
    if (done !== null) navigate('/');
  };
  return (
    <>
      <Dialog
        wide
        title={t('people.title', { name })}
        open={!leaves && removed === null}
        onOpenChange={(isOpen) => !isOpen && !leaves && removed === null && onClose()}
        actions={
          <>
            {(role === 'editor' || role === 'viewer') && (
              <Button variant="danger" onClick={() => setLeaves(true)}>
                {t('people.leave')}
              </Button>
            )}
            <Button onClick={onClose}>{t('people.close')}</Button>
          </>
        }
      >
        <ul className={styles.members} aria-label={t('people.list')}>
          {members.length < 2 && <li>{t('people.alone')}</li>}
          {members.length > 1 &&
            members.map((member) => (
              <MemberLine
                key={member.userId}
                playlistId={id}
                member={member}
                name={memberName(member.userId, members)}
                isMe={member.userId === me}
                canChange={isOwner && member.role !== 'owner'}
                onRemove={() => setRemoved(member)}
              />
            ))}
        </ul>
        {isOwner && (account?.isPersonal === true ? <Invite id={id} /> : <p>{t('people.local')}</p>)}
      </Dialog>
      <ConfirmDialog
        title={t('people.leaveTitle', { name })}
        action={t('people.leave')}
        open={leaves}
        onOpenChange={(isOpen) => !isOpen && setLeaves(false)}
        onConfirm={() => void leave()}
      >
        <p>{t('people.leaveHelp')}</p>
      </ConfirmDialog>
      {removed !== null && (
        <ConfirmDialog
          title={t('people.removeTitle', { name: memberName(removed.userId, members) })}
          action={t('people.removeAction')}
          open
          onOpenChange={(isOpen) => !isOpen && setRemoved(null)}
          onConfirm={() =>
            void change(
              () => host.playlists.setRole({ id, userId: removed.userId, role: null }),
              t('people.done.removed', { name: memberName(removed.userId, members) }),
            )
          }
        >
          <p>{t('people.removeHelp')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function MemberLine(props: {
  readonly playlistId: string;
  readonly member: PlaylistMember;
  readonly name: string;
  readonly isMe: boolean;
  readonly canChange: boolean;
  readonly onRemove: () => void;
}): ReactNode {
  const { playlistId, member, name, isMe, canChange, onRemove } = props;
  const t = useTexts('playlists');
  const setRole = (role: MemberRole): void =>
    void change(
      () => host.playlists.setRole({ id: playlistId, userId: member.userId, role }),
      t(`people.done.${role}`, { name }),
    );
  return (
    <li className={styles.member}>
      <span aria-hidden>
        <MemberMark name={name} />
      </span>
      <span className={styles.name}>{isMe ? `${name} (${t('people.you')})` : name}</span>
      {canChange && member.role !== 'owner' ? (
        <>
          <Select
            label={t('people.roleOf', { name })}
            labelHidden
            value={member.role}
            options={MEMBER_ROLES.map((role) => ({ value: role, label: t(`people.roles.${role}`) }))}
            onChange={setRole}
          />
          <IconButton icon={UserRoundX} label={t('people.removeNamed', { name })} onClick={onRemove} />
        </>
      ) : (
        <span className={styles.role}>{t(`people.roles.${member.role}`)}</span>
      )}
    </li>
  );
}

function Invite({ id }: { readonly id: string }): ReactNode {
  const t = useTexts('playlists');
  const [role, setRole] = useState<MemberRole>('editor');
  const invitation = useMutation({
    mutationFn: (wanted: MemberRole) => host.playlists.invite({ id, role: wanted }),
    onError: (failure) => sayFailed(failure),
  });
  const revoking = useMutation({
    mutationFn: () => host.playlists.revokeInvitations({ id }),
    onSuccess: () => {
      invitation.reset();
      showToast({ tone: 'done', text: t('people.invite.revoked') });
    },
    onError: (failure) => sayFailed(failure),
  });
  const copy = (url: string): void =>
    void navigator.clipboard.writeText(url).then(
      () => showToast({ tone: 'done', text: t('people.invite.copied') }),
      () => showToast({ tone: 'failed', text: t('people.invite.notCopied') }),
    );
  const made = invitation.data;
  return (
    <section aria-label={t('people.invite.heading')}>
      <h3 className={styles.heading}>{t('people.invite.heading')}</h3>
      <p>{t('people.invite.help')}</p>
      <div className={styles.invite}>
        <Select
          label={t('people.invite.role')}
          labelHidden
          value={role}
          options={MEMBER_ROLES.map((each) => ({ value: each, label: t(`people.roles.${each}`) }))}
          onChange={(next) => {
            setRole(next);
            // A link says what it gives when it is made.
            invitation.reset();
          }}
        />
        <Button icon={Link2} disabled={invitation.isPending} onClick={() => invitation.mutate(role)}>
          {t('people.invite.make')}
        </Button>
        <Button variant="bare" disabled={revoking.isPending} onClick={() => revoking.mutate()}>
          {t('people.invite.revoke')}
        </Button>
      </div>
      {made !== undefined && (
        <>
          <div className={styles.invite}>
            <span className={styles.link} role="group" aria-label={t('people.invite.link')}>
              {made.url}
            </span>
            <Button icon={Copy} onClick={() => copy(made.url)}>
              {t('people.invite.copy')}
            </Button>
          </div>
          <p className={styles.help} role="status">
            {t('people.invite.until', {
              date: `${formatDate(made.expiresAt, 'day')}, ${formatTimeOfDay(made.expiresAt)}`,
            })}
          </p>
        </>
      )}
    </section>
  );
}
