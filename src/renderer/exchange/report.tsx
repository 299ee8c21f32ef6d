import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { IMPORT_FILTERS, type ImportFilter, type ImportState } from '../../contract/exchange.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { failureSentence } from '../playback/say-notice.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { showToast } from '../ui/toast.ts';
import { VirtualList } from '../ui/virtual-list.tsx';
import styles from './exchange-page.module.css';
import { REPORT_KEY } from './import-store.ts';
import { ReportRow } from './report-row.tsx';
import { saveFile } from './send-files.ts';
import { useStep } from './use-step.ts';

const PAGE = 100;
const ROW_HEIGHT = 64;

const pageQuery = (filter: ImportFilter, page: number) =>
  queryOptions({
    queryKey: [REPORT_KEY, filter, page],
    queryFn: () => host.exchange.report({ offset: page * PAGE, limit: PAGE, filter }),
  });

/** What was looked for and what was found, row by row, to be put into the library. */
export function Report({ state }: { readonly state: Extract<ImportState, { state: 'matched' }> }): ReactNode {
  const t = useTexts('exchange');
  const step = useStep();
  const [filter, setFilter] = useState<ImportFilter>(() =>
    state.counts.ambiguous + state.counts.none > 0 ? 'open' : 'all',
  );
  const open = useQuery(pageQuery('open', 0)).data?.total ?? 0;
  const first = useQuery(pageQuery(filter, 0)).data;
  const total = first?.total ?? 0;
  const found = state.taken + state.toTake;
  const saveTable = async (): Promise<void> => {
    try {
      const file = await host.exchange.unmatched();
      if (file !== null) saveFile(file);
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      showToast({ tone: 'failed', text: t('export.failed'), detail: failureSentence(failure.code) });
    }
  };
  return (
    <section aria-labelledby="exchange-report">
      <h2 id="exchange-report" className={styles.heading}>
        {t('report.found', { count: found, formatted: formatCount(found), total: formatCount(state.total) })}
      </h2>
      {state.taken > 0 && (
        <p className={styles.help} role="status">
          {t('report.taken', { count: state.taken, formatted: formatCount(state.taken) })}
        </p>
      )}
      {state.failure !== null && (
        <p className={styles.failed} role="alert">
          {t('report.failed')} {failureSentence(state.failure)}
        </p>
      )}
      <div className={styles.actions}>
        {state.toTake > 0 && (
          <Button
            variant="primary"
            disabled={step.isBusy}
            onClick={() => step.run(() => host.exchange.take())}
          >
            {t('report.take', { count: state.toTake, formatted: formatCount(state.toTake) })}
          </Button>
        )}
        {open > 0 && (
          <>
            <Button disabled={step.isBusy} onClick={() => step.run(() => host.exchange.again())}>
              {t('report.again')}
            </Button>
            <Button onClick={() => void saveTable()}>{t('report.table')}</Button>
          </>
        )}
        <Button variant="bare" disabled={step.isBusy} onClick={() => step.run(() => host.exchange.dismiss())}>
          {t('report.done')}
        </Button>
      </div>
      <div role="group" aria-label={t('report.title')} className={styles.filters}>
        {IMPORT_FILTERS.map((name) => (
          <Chip key={name} selected={name === filter} onClick={() => setFilter(name)}>
            {t(`report.filters.${name}`)}
          </Chip>
        ))}
      </div>
      {total === 0 && (
        <p className={styles.help} aria-busy={first === undefined}>
          {t(first === undefined ? 'report.loading' : 'report.none')}
        </p>
      )}
      {total > 0 && (
        <VirtualList
          count={total}
          rowHeight={ROW_HEIGHT}
          label={t('report.list')}
          rowKey={(index) => index}
          renderRow={(index) => <RowAt index={index} filter={filter} />}
        />
      )}
    </section>
  );
}

function RowAt({ index, filter }: { readonly index: number; readonly filter: ImportFilter }): ReactNode {
  const t = useTexts('exchange');
  const { data } = useQuery(pageQuery(filter, Math.floor(index / PAGE)));
  const row = data?.rows[index % PAGE];
  if (row === undefined)
    return <div role="listitem" className={styles.row} aria-busy aria-label={t('report.loading')} />;
  return <ReportRow row={row} />;
}
