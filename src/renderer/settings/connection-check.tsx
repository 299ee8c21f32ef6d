import { useMutation } from '@tanstack/react-query';
import type { HostStatus } from '../../contract/host-api.ts';
import type { HostFailure } from '../../contract/host-error.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { checkService } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import styles from './proxy-settings.module.css';

/** Asks the service the way that is set, and says what came of it. */
export function ConnectionCheck() {
  const t = useTexts('settings');
  const service = useSession((snapshot) => currentAccount(snapshot)?.serviceName ?? '');
  const asking = useMutation<HostStatus, HostFailure>({ mutationFn: checkService });
  const words = (): string => {
    if (asking.isPending) return t('system.proxy.checking', { service });
    if (asking.isError) return t('system.proxy.checkFailed');
    if (asking.data === undefined) return '';
    const answer = asking.data.service;
    return answer.state === 'unreachable'
      ? t(`system.proxy.unreachable.${answer.cause}`, { service })
      : t('system.proxy.reachable', { service });
  };
  return (
    <div className={styles.check}>
      <Button disabled={asking.isPending} onClick={() => asking.mutate()}>
        {t('system.proxy.check')}
      </Button>
      <p role="status">{words()}</p>
    </div>
  );
}
