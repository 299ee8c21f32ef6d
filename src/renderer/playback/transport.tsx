import { Pause, Play, Repeat, Repeat1, Shuffle, SkipBack, SkipForward } from 'lucide-react';
import { useLayoutEffect, type RefObject } from 'react';
import type { RepeatMode } from '../../contract/playback-session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useChord } from '../shortcuts/registry.ts';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { useIsPlaying, useRepeat, useShuffle } from './playback-hooks.ts';
import { player } from './player.ts';
import styles from './transport.module.css';

const REPEAT_TEXTS = {
  off: 'repeatOff',
  all: 'repeatAll',
  one: 'repeatOne',
} as const satisfies Record<RepeatMode, string>;

/** A step that holds the focus hands it on when a break disables it: whoever pressed it by key is not to start over. */
function useFocusKept(isInBreak: boolean, toggle: RefObject<HTMLButtonElement | null>): void {
  useLayoutEffect(() => {
    const focused = document.activeElement;
    const isOurs = focused !== null && toggle.current?.parentElement === focused.parentElement;
    if (isInBreak && isOurs && focused.matches(':disabled')) toggle.current?.focus();
  }, [isInBreak, toggle]);
}

export interface TransportProps {
  readonly isEmpty: boolean;
  /** In an ad break there is nothing but going on and pausing. */
  readonly isInBreak: boolean;
  /** The one button that is always there. */
  readonly toggle: RefObject<HTMLButtonElement | null>;
}

/** Pause and play, and the ways to other tracks. */
export function Transport({ isEmpty, isInBreak, toggle }: TransportProps) {
  const t = useTexts('playback');
  const isPlaying = useIsPlaying();
  const shuffle = useShuffle();
  const repeat = useRepeat();
  useFocusKept(isInBreak, toggle);
  return (
    <fieldset
      className={classNames(styles.transport, isInBreak && styles.inBreak)}
      aria-label={t('controls')}
    >
      <IconButton
        icon={Shuffle}
        label={t('shuffle')}
        shortcut={useChord('playback.shuffle')}
        pressed={shuffle}
        disabled={isInBreak}
        onClick={() => player.setShuffle(!shuffle)}
      />
      <IconButton
        icon={SkipBack}
        filled
        label={t('previous')}
        shortcut={useChord('playback.previous')}
        disabled={isEmpty || isInBreak}
        onClick={() => player.previous()}
      />
      <IconButton
        icon={isPlaying ? Pause : Play}
        filled
        size="transport"
        label={isPlaying ? t('pause') : t('play')}
        shortcut={useChord('playback.toggle')}
        disabled={isEmpty}
        buttonRef={toggle}
        onClick={() => player.togglePlay()}
      />
      <IconButton
        icon={SkipForward}
        filled
        label={t('next')}
        shortcut={useChord('playback.next')}
        disabled={isEmpty || isInBreak}
        onClick={() => player.next()}
      />
      <IconButton
        icon={repeat === 'one' ? Repeat1 : Repeat}
        label={t(REPEAT_TEXTS[repeat])}
        shortcut={useChord('playback.repeat')}
        pressed={repeat !== 'off'}
        disabled={isInBreak}
        onClick={() => player.cycleRepeat()}
      />
    </fieldset>
  );
}
