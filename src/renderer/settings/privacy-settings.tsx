import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { ListeningPrivacy } from '../privacy/listening-privacy.tsx';
import { CrashReports } from '../reports/crash-reports.tsx';
import { currentAccount, useSession } from '../session/session-store.ts';
import { useStatus } from '../status/status-store.ts';
import { useUpdate } from '../update/update-store.ts';
import styles from './about-settings.module.css';
import { Fact } from './fact.tsx';
import { ProxySettings } from './proxy-settings.tsx';

/** What is kept where, and who learns what. */
function Places(): ReactNode {
  const t = useTexts('settings');
  const account = useSession(currentAccount);
  const storage = useStatus((status) => status.storage);
  const update = useUpdate().state;
  return (
    <section aria-labelledby="what-lies-where">
      <h2 id="what-lies-where" className={styles.heading}>
        {t('privacy.places.title')}
      </h2>
      <dl className={styles.facts}>
        <Fact name={t('privacy.places.here')}>{t('privacy.places.hereValue')}</Fact>
        <Fact name={t('privacy.places.history')}>
          {account?.isPersonal === true
            ? t('privacy.places.historyShared', { service: account.serviceName })
            : t('privacy.places.historyValue')}
          .{' '}
          <Link href="/history" className={styles.link}>
            {t('privacy.places.historyPage')}
          </Link>
        </Fact>
        <Fact name={t('privacy.places.music')}>
          {t('privacy.places.musicValue', { folder: storage.folder })}
        </Fact>
        <Fact name={t('privacy.places.keys')}>{t(`privacy.places.keyPlaces.${storage.key}`)}</Fact>
        {account !== null && (
          <Fact name={t('privacy.places.service')}>
            {t(
              account.me.entitlement.ads === null
                ? 'privacy.places.serviceValue'
                : 'privacy.places.serviceAds',
              { service: account.serviceName },
            )}
          </Fact>
        )}
        {update !== 'unsupported' && update !== 'off' && (
          <Fact name={t('privacy.places.updates')}>{t('privacy.places.updatesValue')}</Fact>
        )}
      </dl>
    </section>
  );
}

/** Settings → Privacy: what is remembered and told, what is kept where, what crashed, and which way everything goes out. */
export function PrivacySettings(): ReactNode {
  return (
    <>
      <ListeningPrivacy />
      <Places />
      <CrashReports />
      <ProxySettings />
    </>
  );
}
