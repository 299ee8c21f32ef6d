import { CircleCheck, CircleDashed, CirclePause, Ellipsis, Lock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Lease, Pin, PinSource } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { albumPath, artistPath } from '../browse/paths.ts';
import { coverUrl } from '../host/media-address.ts';
import { libraryPath, playlistPath } from '../library/library-paths.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { retryPins } from '../offline/pin-actions.ts';
import { shareOf } from '../offline/pin-rules.ts';
import { mayKeepOffline, useSession } from '../session/session-store.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu, type MenuEntry } from '../ui/menu.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import styles from './kept-music.module.css';
import { pinStateWords } from './pin-state-words.ts';

const COVER_PX = 36;

/** The page of what is kept; a single track has none. */
export const pathOf = (source: PinSource): string | null => {
  switch (source.kind) {
    case 'album':
      return albumPath(source.id);
    case 'artist':
      return artistPath(source.id);
    case 'track':
      return null;
    case 'playlist':
      return playlistPath(source.id);
    case 'saved-tracks':
      return libraryPath('tracks');
    default:
      return assertNever(source.kind);
  }
};

function StateIcon({ pin, lease }: { readonly pin: Pin; readonly lease: Lease }): ReactNode {
  switch (pin.state.kind) {
    case 'kept':
      return lease.state === 'over' ? (
        <Lock size={14} aria-hidden className={styles.attention} />
      ) : (
        <CircleCheck size={14} aria-hidden className={styles.done} />
      );
    case 'fetching':
    case 'waiting':
      return <ProgressRing share={shareOf(pin)} size={14} />;
    case 'queued':
      return <CircleDashed size={14} aria-hidden />;
    case 'paused':
      return <CirclePause size={14} aria-hidden />;
    case 'failed':
      return <TriangleAlert size={14} aria-hidden className={styles.attention} />;
    default:
      return assertNever(pin.state);
  }
}

function PinStanding({ pin, lease }: { readonly pin: Pin; readonly lease: Lease }): ReactNode {
  const t = useTexts('settings');
  const offline = useTexts('offline');
  const renews = useSession(mayKeepOffline);
  const words = pinStateWords(t, pin, lease, renews);
  if (pin.state.kind !== 'failed') {
    return (
      <span className={styles.state} title={words}>
        <StateIcon pin={pin} lease={lease} />
        <span className={styles.stateWords}>{words}</span>
      </span>
    );
  }
  const reason = offline(`why.${pin.state.failure}`);
  return (
    <span className={styles.state}>
      <StateIcon pin={pin} lease={lease} />
      <span className={styles.twoLines}>
        <button
          type="button"
          className={styles.again}
          aria-label={t('storage.keeps.againNamed', { words, title: pin.title })}
          onClick={() => void retryPins(pin.source)}
        >
          {words}
        </button>
        <span className={styles.reason} title={reason}>
          {reason}
        </span>
      </span>
    </span>
  );
}

export interface PinRowProps {
  readonly pin: Pin;
  readonly lease: Lease;
  readonly entries: readonly MenuEntry[];
}

/** One thing that is kept: what it is, how it stands, what it takes, and what can be done with it. */
export function PinRow({ pin, lease, entries }: PinRowProps) {
  const t = useTexts('settings');
  const path = pathOf(pin.source);
  const title = pin.source.kind === 'saved-tracks' ? t('storage.keeps.likedTracks') : pin.title;
  const isArtist = pin.source.kind === 'artist';
  return (
    <div role="listitem" className={styles.row} data-pin={pin.source.id}>
      <Cover
        src={coverUrl(pin.artwork, COVER_PX)}
        alt=""
        shape={isArtist ? 'round' : 'square'}
        size={COVER_PX}
      />
      <div className={styles.words}>
        {path === null ? (
          <span className={styles.title} title={title}>
            {title}
          </span>
        ) : (
          <Link href={path} className={styles.title ?? ''} title={title}>
            {title}
          </Link>
        )}
        <span className={styles.artists} title={pin.artists}>
          {isArtist ? t('storage.keeps.artist') : pin.artists}
        </span>
      </div>
      <PinStanding pin={pin} lease={lease} />
      <span className={styles.bytes}>{formatBytes(pin.bytes)}</span>
      <DropdownMenu
        label={t('storage.keeps.menuOf', { title })}
        align="end"
        trigger={
          <IconButton icon={Ellipsis} label={t('storage.keeps.menuOf', { title })} aria-haspopup="menu" />
        }
        entries={entries}
      />
    </div>
  );
}
