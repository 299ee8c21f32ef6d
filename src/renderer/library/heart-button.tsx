import { Heart, UserRoundCheck, UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SavedKind } from '../../core/library/operations.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useChord } from '../shortcuts/registry.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './heart.module.css';
import { toggleSaved } from './save-actions.ts';
import { useIsSaved } from './saved-marks.ts';

export interface HeartButtonProps {
  readonly kind: Exclude<SavedKind, 'artist'>;
  readonly id: string;
  readonly title: string;
  /** The heart of what plays has a key. */
  readonly withKey?: boolean;
}

/** "Like" for one thing: an outline, or filled where it is liked. Its name says what a press does. */
export function HeartButton({ kind, id, title, withKey = false }: HeartButtonProps): ReactNode {
  const t = useTexts('library');
  const isSaved = useIsSaved(kind, id) === true;
  const chord = useChord('library.like');
  return (
    <span className={classNames(styles.heart, isSaved && styles.saved)}>
      <IconButton
        icon={Heart}
        filled={isSaved}
        label={t(isSaved ? 'heart.unlike' : 'heart.like', { title })}
        shortcut={withKey ? chord : null}
        onClick={() => void toggleSaved(kind, { id, title })}
      />
    </span>
  );
}

/** "Follow" for an artist. */
export function FollowButton({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const t = useTexts('library');
  const isSaved = useIsSaved('artist', id) === true;
  return (
    <Button
      icon={isSaved ? UserRoundCheck : UserRoundPlus}
      otherText={t(isSaved ? 'follow.follow' : 'follow.following')}
      aria-pressed={isSaved}
      onClick={() => void toggleSaved('artist', { id, title: name })}
    >
      {t(isSaved ? 'follow.following' : 'follow.follow')}
    </Button>
  );
}

/** The heart of a row. It holds no handler, the list listens for all of its rows; an answer of the host draws hearts, not rows. */
export function RowHeart(props: {
  readonly trackId: string;
  readonly title: string;
  readonly isTabStop: boolean;
}): ReactNode {
  const t = useTexts('library');
  const isSaved = useIsSaved('track', props.trackId) === true;
  return (
    <span className={classNames(styles.heart, isSaved && styles.saved)}>
      <IconButton
        size="small"
        icon={Heart}
        filled={isSaved}
        tabIndex={props.isTabStop ? 0 : -1}
        label={t(isSaved ? 'heart.unlike' : 'heart.like', { title: props.title })}
      />
    </span>
  );
}
