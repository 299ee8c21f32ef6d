import { ArrowDownToLine } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PinSource } from '../../contract/offline.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { mayKeepOffline, useSession } from '../session/session-store.ts';
import { Button } from '../ui/button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { useDownloads } from './downloads-store.ts';
import { keepOffline } from './pin-actions.ts';
import styles from './keep-button.module.css';
import { pinEntries } from './keep-entries.ts';
import { pinOf } from './pin-rules.ts';
import { PinSign } from './pin-sign.tsx';
import { pinWords, widestPinWords } from './pin-words.ts';

export interface KeepButtonProps {
  readonly source: PinSource;
  readonly title: string;
}

/**
 * "Keep offline": a press keeps it, or explains premium to those who may not; from then on the button says how far it is, and a press opens what can be done. One
 * element throughout, so that the focus stays where it is.
 */
export function KeepButton({ source, title }: KeepButtonProps): ReactNode {
  const t = useTexts('offline');
  const [, navigate] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const isAsking = useRef(false);
  const downloads = useDownloads((all) => all);
  const renews = useSession(mayKeepOffline);
  const pin = pinOf(downloads.pins, source);
  // Once it has been on its way it stays as wide as that took; a page of what is kept already begins with what it needs.
  const [keepsWidth, setKeepsWidth] = useState(false);
  const isOnItsWay = pin !== null && pin.state.kind !== 'kept';
  if (isOnItsWay && !keepsWidth) setKeepsWidth(true);
  if (pin === null && keepsWidth) setKeepsWidth(false);
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
        sign={<PinSign pin={pin} lease={downloads.lease} size={16} />}
        {...(keepsWidth ? { otherText: widestPinWords(t, pin) } : {})}
        {...(pin.state.kind === 'failed'
          ? tooltip(t('keep.reason', { reason: t(`why.${pin.state.failure}`) }))
          : {})}
      >
        <span className={styles.words}>{pinWords(t, pin, downloads.lease, renews)}</span>
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
