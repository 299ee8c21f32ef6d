import type { ReactNode } from 'react';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { ImportState } from '../../contract/exchange.ts';
import pageStyles from '../browse/page.module.css';
import { RowsSkeleton } from '../browse/skeletons.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { ChooseFiles } from './choose-files.tsx';
import styles from './exchange-page.module.css';
import { ExportForm } from './export-form.tsx';
import { useImport } from './import-store.ts';
import { Preview } from './preview.tsx';
import { AtWork } from './at-work.tsx';
import { Report } from './report.tsx';

/** Lists of music into the library, and out of it. */
export function ExchangePage(): ReactNode {
  const t = useTexts('exchange');
  const state = useImport();
  usePageArtwork(null);
  usePageTitle(t('title'));
  return (
    <div>
      <header className={pageStyles.head}>
        <SleeveTitle text={t('title')} size="l" />
        <p className={styles.lead}>{t('lead')}</p>
      </header>
      {state === null ? (
        <section aria-label={t('loading')} aria-busy>
          <RowsSkeleton rows={4} />
        </section>
      ) : (
        <Step state={state} />
      )}
    </div>
  );
}

function Step({ state }: { readonly state: ImportState }): ReactNode {
  switch (state.state) {
    case 'none':
      return (
        <div className={styles.sides}>
          <ChooseFiles />
          <ExportForm />
        </div>
      );
    case 'read':
      return <Preview preview={state.preview} />;
    case 'matching':
    case 'taking':
      return <AtWork state={state} />;
    case 'matched':
      return <Report state={state} />;
    default:
      return assertNever(state);
  }
}
