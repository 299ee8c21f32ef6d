import { CircleAlert, CloudOff, Lock, LogIn, type LucideIcon } from 'lucide-react';
import type { HostErrorCode } from '../../contract/host-error.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import styles from './failure-words.module.css';

const SIGNS: Partial<Record<HostErrorCode, LucideIcon>> = { lease_over: Lock, sign_in_required: LogIn };

/** Why a track does not sound. What only waits for the network has not failed, and is not shown as if it had. */
export function FailureWords({ code }: { readonly code: HostErrorCode }) {
  const t = useTexts('playback');
  switch (code) {
    case 'offline':
    case 'service_unreachable':
    case 'lease_over':
    case 'sign_in_required': {
      const Icon = SIGNS[code] ?? CloudOff;
      return (
        <span className={classNames(styles.words, styles.waits)}>
          <Icon size={14} aria-hidden />
          {t(`waitsFor.${code}`)}
        </span>
      );
    }
    default:
      return (
        <span className={styles.words}>
          <CircleAlert size={14} aria-hidden />
          {t(`why.${code}`)}
        </span>
      );
  }
}
