import type { ReactNode } from 'react';
import type { Me } from '../../contract/account-http.ts';
import { entitlementOf, TIERS, type Entitlement, type Tier } from '../../core/entitlement/entitlement.ts';
import { useTexts } from '../i18n/use-texts.ts';
import styles from './tier-table.module.css';

const MINUTE_MS = 60_000;

/** What a tier may do; of the listener's own it is what their service says. */
const entitlementFor = (me: Me, tier: Tier): Entitlement =>
  me.tier === tier ? me.entitlement : entitlementOf(tier);

function useTierWords(): Readonly<Record<'ads' | 'quality' | 'offline', (can: Entitlement) => string>> {
  const t = useTexts('session');
  return {
    ads: ({ ads }) =>
      ads === null
        ? t('premium.none')
        : t('premium.adsFree', { count: ads.mostSpots, minutes: Math.round(ads.afterMusicMs / MINUTE_MS) }),
    quality: ({ qualities }) => {
      const best = qualities.at(-1) ?? 'low';
      return t('premium.upTo', { quality: t(`premium.qualities.${best}`) });
    },
    offline: ({ offline }) => t(offline ? 'premium.offlinePremium' : 'premium.offlineFree'),
  };
}

/** The difference between the tiers, a line each; the listener's own tier stands out. */
export function TierTable({ me }: { readonly me: Me }): ReactNode {
  const t = useTexts('session');
  const words = useTierWords();
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t('premium.table')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className={styles.caption}>{t('premium.what')}</span>
          </th>
          {TIERS.map((tier) => (
            <th key={tier} scope="col" data-own={tier === me.tier}>
              {t(`account.tiers.${tier}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('premium.everything')}</th>
          {TIERS.map((tier) => (
            <td key={tier} data-own={tier === me.tier}>
              {t('premium.all')}
            </td>
          ))}
        </tr>
        {(['ads', 'quality', 'offline'] as const).map((fact) => (
          <tr key={fact}>
            <th scope="row">{t(`premium.${fact}`)}</th>
            {TIERS.map((tier) => (
              <td key={tier} data-own={tier === me.tier}>
                {words[fact](entitlementFor(me, tier))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
