import { useTranslation } from 'react-i18next';
import type { TextConcern } from './resources.ts';
import { i18n } from './i18n.ts';

/** The texts of one concern: `const t = useTexts('browse')`, then `t('albums')`. Keys are checked by the compiler. */
export function useTexts<Concern extends TextConcern>(concern: Concern) {
  return useTranslation(concern, { i18n }).t;
}
