import type { Settings } from '../../contract/settings.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RadioGroup } from '../ui/radio-group.tsx';
import { Switch } from '../ui/switch.tsx';
import { SettingRows } from './setting-rows.tsx';
import { useSettings } from './settings-store.ts';
import { useChangeSettings } from './use-change-settings.ts';
import { WindowSettings } from './window-settings.tsx';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];
const CONTRASTS = ['system', 'normal', 'more'] as const satisfies readonly Settings['contrast'][];
const DENSITIES = ['compact', 'standard', 'roomy'] as const satisfies readonly Settings['density'][];
const TEXT_SIZES = [90, 100, 115, 130] as const satisfies readonly Settings['textSizePercent'][];

export function AppearanceSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const settings = useSettings((all) => all);
  return (
    <>
      <SettingRows>
        <RadioGroup
          label={t('appearance.theme')}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          options={THEMES.map((value) => ({ value, label: t(`appearance.themes.${value}`) }))}
        />
        <RadioGroup
          label={t('appearance.contrast')}
          value={settings.contrast}
          onChange={(contrast) => change({ contrast })}
          options={CONTRASTS.map((value) => ({ value, label: t(`appearance.contrasts.${value}`) }))}
        />
        <Switch
          label={t('appearance.accent')}
          description={t('appearance.accentHelp')}
          checked={settings.accentFromArtwork}
          onChange={(accentFromArtwork) => change({ accentFromArtwork })}
        />
        <RadioGroup
          label={t('appearance.density')}
          description={t('appearance.densityHelp')}
          value={settings.density}
          onChange={(density) => change({ density })}
          options={DENSITIES.map((value) => ({ value, label: t(`appearance.densities.${value}`) }))}
        />
        <RadioGroup
          label={t('appearance.textSize')}
          value={String(settings.textSizePercent)}
          onChange={(value) => {
            const textSizePercent = TEXT_SIZES.find((size) => String(size) === value);
            if (textSizePercent !== undefined) change({ textSizePercent });
          }}
          options={TEXT_SIZES.map((size) => ({
            value: String(size),
            label: t('appearance.percent', { size }),
          }))}
        />
      </SettingRows>
      <WindowSettings />
    </>
  );
}
