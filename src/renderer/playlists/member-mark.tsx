import type { ReactNode } from 'react';
import type { PlaylistMember } from '../../contract/library.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { initialsOf } from '../session/account-words.ts';
import { tooltip } from '../ui/tooltip.tsx';
import styles from './people.module.css';

/** Who someone is to the reader: a name where the service told one. */
export function useMemberName(): (userId: string, members: readonly PlaylistMember[]) => string {
  const t = useTexts('playlists');
  return (userId, members) => members.find((member) => member.userId === userId)?.name ?? t('people.someone');
}

/** A person as two letters in a circle; the name in full for those who cannot see or do not know them. */
export function MemberMark({
  name,
  label = name,
}: {
  readonly name: string;
  readonly label?: string;
}): ReactNode {
  return (
    <span className={styles.mark} role="img" aria-label={label} {...tooltip(label)}>
      {initialsOf(name)}
    </span>
  );
}
