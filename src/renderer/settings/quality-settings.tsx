import type { ReactNode } from 'react';
import { QUALITIES, type Quality } from '../../core/entitlement/entitlement.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { QualityChoice, type ChosenQuality } from './quality-choice.tsx';
import { useSettings } from './settings-store.ts';
import { useChangeSettings } from './use-change-settings.ts';

const STREAMING: readonly ChosenQuality[] = ['automatic', ...QUALITIES];

/** How well it sounds and what it costs, listening and keeping apart. */
export function QualitySettings(): ReactNode {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const streaming = useSettings((settings) => settings.streamingQuality);
  const download = useSettings((settings) => settings.downloadQuality);
  const entitlement = useSession(currentAccount)?.me.entitlement ?? null;
  // While nobody is known, nothing is said about what they may.
  const allowed: readonly Quality[] = entitlement?.qualities ?? QUALITIES;
  const best = allowed.at(-1) ?? 'low';
  const isAbove = streaming !== 'automatic' && !allowed.includes(streaming);
  return (
    <>
      <QualityChoice
        label={t('quality.streaming')}
        description={t('quality.streamingHelp')}
        options={STREAMING}
        value={streaming}
        allowed={allowed}
        onChange={(streamingQuality) => change({ streamingQuality })}
        note={isAbove ? t('quality.atMost', { quality: t(`quality.names.${best}`) }) : null}
      />
      <QualityChoice
        label={t('quality.download')}
        description={t('quality.downloadHelp')}
        options={QUALITIES}
        value={download}
        allowed={allowed}
        onChange={(downloadQuality) => change({ downloadQuality })}
        note={entitlement?.offline === false ? t('quality.offlinePremium') : null}
      />
    </>
  );
}
