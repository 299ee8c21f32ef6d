import { CloudOff, KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useWhyFromComputer } from '../status/why-from-computer.ts';
import styles from './from-computer-line.module.css';

/** Says that a page was answered without the service, and why. It stands in the air above the page: nothing moves. */
export function FromComputerLine(): ReactNode {
  const t = useTexts('browse');
  const why = useWhyFromComputer();
  const Icon = why === 'sign_in_again' ? KeyRound : CloudOff;
  return (
    <output className={styles.line}>
      <Icon size={14} aria-hidden />
      <span className={styles.words}>{t(`fromComputer.${why}`)}</span>
    </output>
  );
}
