import { ArrowDownToLine } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PinSource } from '../../contract/offline.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { mayKeepOffline, useSession } from '../session/session-store.ts';
import { tooltip } from '../ui/tooltip.tsx';
import { useDownloads } from './downloads-store.ts';
import styles from './offline-mark.module.css';
import { pinOf } from './pin-rules.ts';
import { PinSign } from './pin-sign.tsx';
import { pinWords } from './pin-words.ts';

/** Whether a record is kept as a whole, among other records. Always as wide, also when there is nothing to say. */
export function PinMark({ source }: { readonly source: PinSource }): ReactNode {
  const t = useTexts('offline');
  const pin = useDownloads(({ pins }) => pinOf(pins, source));
  const lease = useDownloads((downloads) => downloads.lease);
  const renews = useSession(mayKeepOffline);
  if (pin === null) return <span className={styles.mark} />;
  const words = pinWords(t, pin, lease, renews);
  const isPlainlyKept = pin.state.kind === 'kept' && lease.state !== 'over';
  return (
    <span role="img" aria-label={words} className={styles.mark} {...tooltip(words)}>
      {/* As on the rows of tracks: there the circled check means played before. */}
      {isPlainlyKept ? (
        <ArrowDownToLine size={14} aria-hidden />
      ) : (
        <PinSign pin={pin} lease={lease} size={14} />
      )}
    </span>
  );
}
