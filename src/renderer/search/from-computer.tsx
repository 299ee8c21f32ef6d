import { CloudAlert, CloudOff, Hourglass, KeyRound, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useWhyFromComputer, type WhyFromComputer } from '../status/why-from-computer.ts';
import styles from './search-page.module.css';

const ICONS: Readonly<Record<WhyFromComputer, LucideIcon>> = {
  offline: CloudOff,
  service_unreachable: CloudAlert,
  sign_in_again: KeyRound,
  unrenewed: CloudAlert,
  slow: Hourglass,
};

/** That, and why, the results are what this computer knows. Beside the chips, so that nothing below it moves. */
export function FromComputer(): ReactNode {
  const t = useTexts('search');
  const why = useWhyFromComputer();
  const Icon = ICONS[why];
  return (
    <p className={styles.fromComputer}>
      <Icon size={14} aria-hidden />
      {t(`fromComputer.${why}`)}
    </p>
  );
}
