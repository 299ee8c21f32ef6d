import { ArrowDownToLine, CircleCheck, CircleDashed, Lock, Pause, TriangleAlert } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Lease, Pin, PinSource } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { keepOffline, useDownloads } from './downloads-store.ts';
import styles from './keep-button.module.css';
import { pinEntries } from './keep-entries.ts';
import { pinOf, shareOf } from './pin-rules.ts';

type OfflineTexts = ReturnType<typeof useTexts<'offline'>>;

const wordsFor = (t: OfflineTexts, pin: Pin, lease: Lease): string => {
  const counts = { done: formatCount(pin.keptCount), total: formatCount(pin.trackCount) };
  switch (pin.state.kind) {
    case 'kept':
      return t(lease.state === 'over' ? 'keep.locked' : 'keep.kept');
    case 'waiting':
      return t(`keep.waiting.${pin.state.cause}`, counts);
    case 'failed':
      return t('keep.failed', { count: pin.failedCount, formatted: formatCount(pin.failedCount) });
    case 'fetching':
    case 'queued':
    case 'paused':
      return t(`keep.${pin.state.kind}`, counts);
    default:
      return assertNever(pin.state);
  }
};

/** The words that take most room while all goes well: the button is wide enough for them from the first press on. */
const widestWords = (t: OfflineTexts, { trackCount }: Pin): string =>
  t('keep.fetching', { done: formatCount(trackCount), total: formatCount(trackCount) });

function PinSign({ pin, lease }: { readonly pin: Pin; readonly lease: Lease }): ReactNode {
  switch (pin.state.kind) {
    case 'kept':
      return lease.state === 'over' ? (
        <Lock size={16} aria-hidden className={styles.attention} />
      ) : (
        <CircleCheck size={16} aria-hidden className={styles.done} />
      );
    case 'fetching':
    case 'waiting':
      return <ProgressRing share={shareOf(pin)} />;
    case 'queued':
      return <CircleDashed size={16} aria-hidden />;
    case 'paused':
      return <Pause size={16} aria-hidden />;
    case 'failed':
      return <TriangleAlert size={16} aria-hidden className={styles.attention} />;
    default:
      return assertNever(pin.state);
  }
}

export interface KeepButtonProps {
  readonly source: PinSource;
  readonly title: string;
}

/**
 * "Keep offline": a press keeps it; from then on the button says how far it is, and a press opens what can be done. One
 * element throughout, so that the focus stays where it is.
 */
export function KeepButton({ source, title }: KeepButtonProps): ReactNode {
  const t = useTexts('offline');
  const [, navigate] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const isAsking = useRef(false);
  const downloads = useDownloads((all) => all);
  const pin = pinOf(downloads.pins, source);
  // Let go elsewhere while the menu was open: kept again, it does not open by itself.
  if (pin === null && isOpen) setOpen(false);

  const keep = async (): Promise<void> => {
    if (isAsking.current) return;
    isAsking.current = true;
    try {
      await keepOffline(source, title);
    } finally {
      isAsking.current = false;
    }
  };

  const trigger =
    pin === null ? (
      <Button
        icon={ArrowDownToLine}
        aria-haspopup={undefined}
        aria-expanded={undefined}
        // A menu opens as the pointer goes down; this has none yet, and acts like any button, as it comes up.
        onPointerDown={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') event.preventDefault();
        }}
        onClick={() => void keep()}
      >
        {t('keep.keep')}
      </Button>
    ) : (
      <Button
        sign={<PinSign pin={pin} lease={downloads.lease} />}
        otherText={widestWords(t, pin)}
        {...(pin.state.kind === 'failed'
          ? tooltip(t('keep.reason', { reason: t(`why.${pin.state.failure}`) }))
          : {})}
      >
        {wordsFor(t, pin, downloads.lease)}
      </Button>
    );
  return (
    <DropdownMenu
      label={t('keep.menuOf', { title })}
      open={isOpen && pin !== null}
      onOpenChange={(open) => {
        if (pin !== null) setOpen(open);
        else if (open) void keep();
      }}
      trigger={trigger}
      entries={pin === null ? [] : pinEntries(t, pin, downloads, () => navigate('/settings/storage'))}
    />
  );
}
