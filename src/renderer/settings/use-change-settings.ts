import type { Settings } from '../../contract/settings.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { showToast } from '../ui/toast.ts';
import { changeSettings } from './settings-store.ts';

/** Changes settings from a control, and says so when a change could not be kept. */
export function useChangeSettings(): (change: Partial<Settings>) => void {
  const t = useTexts('settings');
  return (change) => {
    changeSettings(change).catch(() => showToast({ text: t('notKept'), tone: 'failed' }));
  };
}
