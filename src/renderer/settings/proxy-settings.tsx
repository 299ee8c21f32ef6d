import { useState } from 'react';
import type { ProxySettings as Proxy } from '../../contract/settings.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RadioGroup } from '../ui/radio-group.tsx';
import { SectionHeading } from '../ui/section-heading.tsx';
import { ConnectionCheck } from './connection-check.tsx';
import { ProxyForm } from './proxy-form.tsx';
import styles from './proxy-settings.module.css';
import { useSettings } from './settings-store.ts';
import { useAbility } from './use-abilities.ts';
import { useChangeSettings } from './use-change-settings.ts';

/** How the network is reached. A server of one's own counts once it is named: before, nothing would get out. */
export function ProxySettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const proxy = useSettings((settings) => settings.proxy);
  const [isNaming, setNaming] = useState(false);
  const mode = isNaming ? 'manual' : proxy.mode;
  const choose = (next: Proxy['mode']): void => {
    const isUnnamed = next === 'manual' && proxy.server === '';
    setNaming(isUnnamed);
    if (!isUnnamed) change({ proxy: { ...proxy, mode: next } });
  };
  if (!useAbility('proxy')) return null;
  return (
    <section className={styles.section}>
      <SectionHeading title={t('system.proxy.title')} />
      <RadioGroup
        label={t('system.proxy.label')}
        description={t(`system.proxy.help.${mode}`)}
        value={mode}
        onChange={choose}
        options={(['system', 'none', 'manual'] as const).map((value) => ({
          value,
          label: t(`system.proxy.modes.${value}`),
        }))}
      />
      {mode === 'manual' && <ProxyForm />}
      <ConnectionCheck />
    </section>
  );
}
