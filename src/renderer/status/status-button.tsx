import { useState } from 'react';
import { formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Popover } from '../ui/popover.tsx';
import textStyles from '../ui/text.module.css';
import styles from './status-button.module.css';
import { StatusPlace } from './status-place.tsx';
import { useStatus } from './status-store.ts';
import { STATUS_ICONS, statusKind } from './status-words.ts';

/** The one status place: a button that says how things stand, and why when it is pressed. */
export function StatusButton() {
  const t = useTexts('status');
  const [open, setOpen] = useState(false);
  const service = useStatus((status) => status.service);
  const kind = statusKind(service);
  const Icon = STATUS_ICONS[kind];
  const state = t(`${kind}.short`);
  return (
    <Popover
      label={t('title')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.button} data-kind={kind}>
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
