import { ArrowDownToLine, CircleX, HardDrive, ListStart, Pause, Play, RotateCw } from 'lucide-react';
import type { Track } from '../../contract/catalog-http.ts';
import type { Downloads, Pin } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { keepOffline, movePin, pausePins, resumePins, retryPins, stopKeeping } from './pin-actions.ts';
import { firstUnfinishedBefore, pinAround, pinOf } from './pin-rules.ts';

type OfflineTexts = ReturnType<typeof useTexts<'offline'>>;

const pauseEntry = (t: OfflineTexts, { source }: Pin): MenuEntry => ({
  kind: 'item',
  label: t('keep.pause'),
  icon: Pause,
  onSelect: () => void pausePins(source),
});

const firstEntries = (t: OfflineTexts, { source }: Pin, pins: readonly Pin[]): readonly MenuEntry[] => {
  const before = firstUnfinishedBefore(pins, source);
  if (before === null) return [];
  return [
    {
      kind: 'item',
      label: t('keep.first'),
      icon: ListStart,
      onSelect: () => void movePin(source, before),
    },
  ];
};

const ongoingEntries = (t: OfflineTexts, pin: Pin, pins: readonly Pin[]): readonly MenuEntry[] => {
  switch (pin.state.kind) {
    case 'kept':
      return [];
    case 'fetching':
    case 'queued':
    case 'waiting':
      return [pauseEntry(t, pin), ...firstEntries(t, pin, pins)];
    case 'paused':
      return [
        {
          kind: 'item',
          label: t('keep.resume'),
          icon: Play,
          onSelect: () => void resumePins(pin.source),
        },
        ...firstEntries(t, pin, pins),
      ];
    case 'failed':
      return [
        {
          kind: 'item',
          label: t('keep.again'),
          icon: RotateCw,
          onSelect: () => void retryPins(pin.source),
        },
      ];
    default:
      return assertNever(pin.state);
  }
};

const stopEntry = (t: OfflineTexts, { source, title }: Pin): MenuEntry => ({
  kind: 'item',
  label: t('keep.stop'),
  icon: CircleX,
  onSelect: () => void stopKeeping(source, title),
});

/** What can be done with something that is kept, or on its way. */
export const pinEntries = (
  t: OfflineTexts,
  pin: Pin,
  { pins }: Downloads,
  showAll: () => void,
): readonly MenuEntry[] => [
  ...ongoingEntries(t, pin, pins),
  stopEntry(t, pin),
  { kind: 'separator' },
  { kind: 'item', label: t('keep.all'), icon: HardDrive, onSelect: showAll },
];

/** "Keep offline" or "Stop keeping" for one track; a track that is kept with its record is not let go by itself. */
export const keepTrackEntry = (t: OfflineTexts, track: Track, { pins }: Downloads): MenuEntry => {
  const source = { kind: 'track', id: track.id } as const;
  const own = pinOf(pins, source);
  if (own !== null) return stopEntry(t, own);
  const around = pinAround(pins, track);
  if (around !== null) {
    return {
      kind: 'item',
      label: t('keep.keptWith', { title: around.title }),
      icon: ArrowDownToLine,
      disabled: true,
      onSelect: () => undefined,
    };
  }
  return {
    kind: 'item',
    label: t('keep.keep'),
    icon: ArrowDownToLine,
    onSelect: () => void keepOffline(source, track.title),
  };
};
