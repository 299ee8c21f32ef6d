import { useTexts } from '../i18n/use-texts.ts';
import { Select } from '../ui/select.tsx';
import { SettingRows } from './setting-rows.tsx';
import { useSettings } from './settings-store.ts';
import { useChangeSettings } from './use-change-settings.ts';

export function LanguageSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const language = useSettings((settings) => settings.language);
  return (
    <SettingRows>
      <Select
        label={t('language.label')}
        description={t('language.help')}
        value={language}
        onChange={(value) => change({ language: value })}
        options={[
          { value: 'system', label: t('language.system') },
          // Languages are called by their own names, so that one finds home from any of them.
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
    </SettingRows>
  );
}
