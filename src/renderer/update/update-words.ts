import type { UpdateState } from '../../contract/update.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatPercent } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/** How updates stand in a few words, for the status place; null where there is nothing to say. */
export const updateWords = (t: ReturnType<typeof useTexts<'update'>>, update: UpdateState): string | null => {
  switch (update.state) {
    case 'unsupported':
      return null;
    case 'idle':
      return update.checkedAt === null ? null : t('fact.idle');
    case 'off':
    case 'checking':
    case 'failed':
      return t(`fact.${update.state}`);
    case 'available':
    case 'ready':
    case 'installing':
      return t(`fact.${update.state}`, { version: update.version });
    case 'downloading':
      return t('fact.downloading', {
        version: update.version,
        percent: formatPercent(update.doneBytes / Math.max(1, update.totalBytes)),
      });
    case 'rolled_back':
      return t('fact.rolledBack', { from: update.from });
    default:
      return assertNever(update);
  }
};
