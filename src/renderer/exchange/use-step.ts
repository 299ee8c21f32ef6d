import { useState } from 'react';
import type { ImportState } from '../../contract/exchange.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { failureSentence } from '../playback/say-notice.ts';
import { reportFailure } from '../report-failure.ts';
import { showToast } from '../ui/toast.ts';
import { takeImport } from './import-store.ts';

/** One step of the import at a time; what fails is said. */
export function useStep(): {
  readonly isBusy: boolean;
  readonly run: (step: () => Promise<ImportState>) => void;
} {
  const t = useTexts('exchange');
  const [isBusy, setBusy] = useState(false);
  const work = async (step: () => Promise<ImportState>): Promise<void> => {
    setBusy(true);
    try {
      takeImport(await step());
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      showToast({ tone: 'failed', text: t('failed.action'), detail: failureSentence(failure.code) });
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run: (step) => void work(step).catch(reportFailure) };
}
