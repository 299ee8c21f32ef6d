import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { STATUS_ICONS, statusKind } from '../status/status-words.ts';
import styles from './search-page.module.css';

/** That, and why, the results are what this computer knows. Beside the chips, so that nothing below it moves. */
export function FromComputer(): ReactNode {
  const t = useTexts('search');
  const kind = useStatus(({ service }) => statusKind(service));
  const isAway = kind === 'offline' || kind === 'unreachable';
  const Icon = isAway ? STATUS_ICONS[kind] : Hourglass;
  return (
    <p className={styles.fromComputer}>
      <Icon size={14} aria-hidden />
      {t(`fromComputer.${isAway ? kind : 'slow'}`)}
    </p>
  );
}
