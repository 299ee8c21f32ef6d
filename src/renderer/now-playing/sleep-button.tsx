import { Disc3, Moon, Music, TimerOff, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SleepTimer } from '../../core/playback/sleep-timer.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useSleepTimer } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu, type MenuEntry } from '../ui/menu.tsx';
import styles from './sleep-button.module.css';
import { useSecondsUntil } from './use-seconds-until.ts';

const MINUTES = [5, 15, 30, 45, 60, 90];

const endOf = (sleep: SleepTimer): number | null => (sleep.kind === 'at' ? sleep.endsAtMs : null);

/** Music that ends by itself: after some minutes, with the track, with the record. What is set is shown, and can be taken back. */
export function SleepButton(): ReactNode {
  const t = useTexts('nowPlaying');
  const sleep = useSleepTimer();
  const secondsLeft = useSecondsUntil(endOf(sleep));
  const time = secondsLeft === null ? null : formatDuration(secondsLeft * 1000);
  const isSet = sleep.kind !== 'off';

  const said = (): string => {
    if (sleep.kind === 'endOfTrack') return t('sleep.untilTrack');
    if (sleep.kind === 'endOfAlbum') return t('sleep.untilAlbum');
    return t('sleep.left', { time: time ?? '' });
  };
  const label = (): string => {
    if (!isSet) return t('sleep.set');
    return time === null ? t('sleep.waitsLabel') : t('sleep.leftLabel', { time });
  };
  const setting: readonly MenuEntry[] = isSet
    ? [
        { kind: 'heading', label: said(), details: [] },
        { kind: 'item', label: t('sleep.off'), icon: TimerOff, onSelect: () => player.sleep.off() },
        { kind: 'separator' },
      ]
    : [];
  const entries: readonly MenuEntry[] = [
    ...setting,
    ...MINUTES.map((minutes): MenuEntry => ({
      kind: 'item',
      label: t('sleep.minutes', { count: minutes, formatted: formatCount(minutes) }),
      icon: Timer,
      onSelect: () => player.sleep.set({ kind: 'minutes', minutes }),
    })),
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('sleep.endOfTrack'),
      icon: Music,
      onSelect: () => player.sleep.set({ kind: 'endOfTrack' }),
    },
    {
      kind: 'item',
      label: t('sleep.endOfAlbum'),
      icon: Disc3,
      onSelect: () => player.sleep.set({ kind: 'endOfAlbum' }),
    },
  ];
  return (
    <span className={styles.sleep}>
      <DropdownMenu
        label={t('sleep.set')}
        align="end"
        trigger={<IconButton icon={Moon} label={label()} pressed={isSet} aria-haspopup="menu" />}
        entries={entries}
      />
      {time !== null && (
        <span className={styles.left} aria-hidden>
          {time}
        </span>
      )}
    </span>
  );
}
