import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import styles from './from-computer-line.module.css';

/** Says that a page was answered without the service, and why. It stands in the air above the page: nothing moves. */
export function FromComputerLine(): ReactNode {
  const t = useTexts('browse');
  const cause = useStatus(({ service }) => (service.state === 'unreachable' ? service.cause : 'slow'));
  return (
    <output className={styles.line}>
      <CloudOff size={14} aria-hidden />
      <span className={styles.words}>{t(`fromComputer.${cause}`)}</span>
    </output>
  );
}
