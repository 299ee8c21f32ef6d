import { breakLeftMs } from '../../core/ads/break-progress.ts';
import { formatDuration } from '../i18n/format.ts';
import { useClock } from './playback-hooks.ts';
import type { AdBreakView } from './playback-store.ts';

/** Counts down to the music: its last second reads as one. */
export const formatTimeLeft = (leftMs: number): string => formatDuration(Math.ceil(leftMs / 1000) * 1000);

/** How long until there is music again, as it is written: `0:18`. Renders once a second. */
export const useMusicIn = ({ spots, index }: AdBreakView): string =>
  useClock(({ spotPositionMs }) => formatTimeLeft(breakLeftMs(spots, index, spotPositionMs)));
