import {
  ArrowUpToLine,
  CircleX,
  MoveDown,
  MoveUp,
  Pause,
  Play,
  RotateCw,
  SquareArrowOutUpRight,
} from 'lucide-react';
import type { Pin } from '../../contract/offline.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { pausePins, resumePins, retryPins, stopKeeping } from '../offline/pin-actions.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import type { PinStep } from './pin-order.ts';

type SettingsTexts = ReturnType<typeof useTexts<'settings'>>;

const fetchingEntries = (t: SettingsTexts, pin: Pin): readonly MenuEntry[] => {
  const { source, state } = pin;
  const again: MenuEntry = {
    kind: 'item',
    label: t('storage.keeps.again'),
    icon: RotateCw,
    onSelect: () => void retryPins(source),
  };
  const pause: MenuEntry =
    state.kind === 'paused'
      ? {
          kind: 'item',
          label: t('storage.keeps.resume'),
          icon: Play,
          onSelect: () => void resumePins(source),
        }
      : {
          kind: 'item',
          label: t('storage.keeps.pause'),
          icon: Pause,
          onSelect: () => void pausePins(source),
        };
  const isStill = state.kind === 'kept' || state.kind === 'failed';
  return [...(pin.failedCount > 0 ? [again] : []), ...(isStill ? [] : [pause])];
};

export interface PinPlace {
  readonly index: number;
  readonly count: number;
  /** Goes to its page; null for what has none. */
  readonly open: (() => void) | null;
  readonly step: (step: PinStep) => void;
}

/** What can be done with one thing that is kept. */
export const pinMenu = (
  t: SettingsTexts,
  pin: Pin,
  { index, count, open, step }: PinPlace,
): readonly MenuEntry[] => {
  const first: readonly MenuEntry[] = [
    ...(open === null
      ? []
      : [
          {
            kind: 'item' as const,
            label: t('storage.keeps.open'),
            icon: SquareArrowOutUpRight,
            onSelect: open,
          },
        ]),
    ...fetchingEntries(t, pin),
  ];
  return [
    ...first,
    ...(first.length > 0 ? [{ kind: 'separator' as const }] : []),
    {
      kind: 'item',
      label: t('storage.keeps.first'),
      icon: ArrowUpToLine,
      disabled: index === 0,
      onSelect: () => step('first'),
    },
    {
      kind: 'item',
      label: t('storage.keeps.earlier'),
      icon: MoveUp,
      shortcut: 'Alt+ArrowUp',
      disabled: index === 0,
      onSelect: () => step('earlier'),
    },
    {
      kind: 'item',
      label: t('storage.keeps.later'),
      icon: MoveDown,
      shortcut: 'Alt+ArrowDown',
      disabled: index === count - 1,
      onSelect: () => step('later'),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('storage.keeps.stop'),
      icon: CircleX,
      danger: true,
      onSelect: () => void stopKeeping(pin.source, pin.title),
    },
  ];
};
