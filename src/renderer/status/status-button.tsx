import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount, formatDate, formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useDownloads } from '../offline/downloads-store.ts';
import { useSession } from '../session/session-store.ts';
import { Popover } from '../ui/popover.tsx';
import textStyles from '../ui/text.module.css';
import { attentionOf, type Attention } from './attention.ts';
import styles from './status-button.module.css';
import { StatusPlace } from './status-place.tsx';
import { useStatus } from './status-store.ts';
import { STATUS_ICONS, statusKind } from './status-words.ts';

function useAttention(): Attention | null {
  const status = useStatus((all) => all);
  const downloads = useDownloads((all) => all);
  const session = useSession((snapshot) => snapshot.session.state);
  return attentionOf(status, downloads, session);
}

const attentionWords = (t: ReturnType<typeof useTexts<'status'>>, attention: Attention): string => {
  switch (attention.kind) {
    case 'folder':
    case 'key':
    case 'locked':
    case 'signIn':
      return t(`attention.${attention.kind}`);
    case 'ending':
      return t('attention.ending', { date: formatDate(attention.validUntil, 'dayOfYear') });
    case 'failed':
      return t('attention.failed', { count: attention.tracks, formatted: formatCount(attention.tracks) });
    default:
      return assertNever(attention);
  }
};

/** The one status place: a button that says how things stand, and why when it is pressed. */
export function StatusButton() {
  const t = useTexts('status');
  const [open, setOpen] = useState(false);
  const service = useStatus((status) => status.service);
  const kind = statusKind(service);
  const attention = useAttention();
  // Being away is the first thing to know; the rest is in the place itself.
  const shown = kind === 'offline' || kind === 'unreachable' ? null : attention;
  const Icon = shown === null ? STATUS_ICONS[kind] : TriangleAlert;
  const state = shown === null ? t(`${kind}.short`) : attentionWords(t, shown);
  return (
    <Popover
      label={t('title')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.button} data-kind={shown === null ? kind : 'attention'}>
          <Icon size={16} aria-hidden />
          <span className={textStyles.visuallyHidden}>{t('title')}:</span> <span>{state}</span>{' '}
          {service.state === 'unreachable' && (
            <span className={styles.since}>{t('since', { time: formatTimeOfDay(service.since) })}</span>
          )}
        </button>
      }
    >
      <StatusPlace onLeave={() => setOpen(false)} />
    </Popover>
  );
}
