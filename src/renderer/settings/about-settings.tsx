import { useQuery } from '@tanstack/react-query';
import { appInfoQuery } from '../host/app-info.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DiagnosticsSetting } from '../reports/diagnostics.tsx';
import { currentAccount, useSession } from '../session/session-store.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './about-settings.module.css';
import { Fact } from './fact.tsx';
import { SettingRows } from './setting-rows.tsx';

export function AboutSettings() {
  const t = useTexts('settings');
  const account = useSession(currentAccount);
  const { data: app, isError } = useQuery(appInfoQuery());
  if (isError) return <p role="alert">{t('about.failed')}</p>;
  if (app === undefined) return <Skeleton height={200} />;
  return (
    <>
      <dl className={styles.facts}>
        <Fact name={t('about.version')}>
          {app.name} {app.version}
        </Fact>
        <Fact name={t('about.runsIn')}>{t(`about.shells.${app.shell}`)}</Fact>
        {account !== null && (
          <>
            <Fact name={t('about.service')}>{account.serviceName}</Fact>
            <Fact name={t('about.address')}>{account.serviceUrl}</Fact>
          </>
        )}
        <Fact name={t('about.licence')}>{app.licence}</Fact>
      </dl>
      <div className={styles.diagnostics}>
        <SettingRows>
          <DiagnosticsSetting />
        </SettingRows>
      </div>
      <p className={styles.fonts}>{t('about.fonts')}</p>
    </>
  );
}
