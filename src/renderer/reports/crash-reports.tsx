import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { HostFailure } from '../../contract/host-error.ts';
import type { CrashReportSummary } from '../../contract/reports.ts';
import { host } from '../host/host-client.ts';
import { formatBytes, formatDate, formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.ts';
import { ReportDialog } from './report-dialog.tsx';
import { crashReportsQuery } from './report-queries.ts';
import styles from './reports.module.css';

interface RowProps {
  readonly report: CrashReportSummary;
  readonly onRead: () => void;
  readonly onRemove: () => void;
}

/** What crashed and when, and what it said of itself. */
function ReportRow({ report, onRead, onRemove }: RowProps) {
  const t = useTexts('reports');
  const { at, version, bytes, message, sentAt } = report;
  const kind = t(`kinds.${report.kind}`);
  const moment = formatMoment(at);
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.kind}>
          {kind} <time dateTime={at}>{moment}</time>
        </p>
        {message !== '' && (
          <p className={styles.message} title={message}>
            {message}
          </p>
        )}
        <p className={styles.facts}>
          {t('facts', { version, bytes: formatBytes(bytes) })}
          {sentAt !== null && ` · ${t('sent', { date: formatDate(sentAt, 'dayOfYear') })}`}
        </p>
      </div>
      <div className={styles.rowActions}>
        <Button aria-label={t('readNamed', { kind, moment })} onClick={onRead}>
          {t('read')}
        </Button>
        <Button variant="bare" aria-label={t('removeNamed', { kind, moment })} onClick={onRemove}>
          {t('remove')}
        </Button>
      </div>
    </li>
  );
}

function ReportList() {
  const t = useTexts('reports');
  const client = useQueryClient();
  const place = useRef<HTMLDivElement>(null);
  const { data: reports, isError } = useQuery(crashReportsQuery());
  const [readId, setReadId] = useState<string | null>(null);
  const removing = useMutation<readonly CrashReportSummary[], HostFailure, string>({
    mutationFn: (id) => host.reports.remove({ id }),
    onSuccess: (list) => {
      client.setQueryData(crashReportsQuery().queryKey, list);
      // The button that was pressed is gone with its row.
      place.current?.focus({ preventScroll: true });
    },
    onError: () => showToast({ tone: 'failed', text: t('notRemoved') }),
  });
  if (isError) return <p role="alert">{t('failed')}</p>;
  if (reports === undefined) return <Skeleton height={64} />;
  const read = reports.find(({ id }) => id === readId);
  return (
    <div ref={place} tabIndex={-1} className={styles.list}>
      {reports.length === 0 ? (
        <p className={styles.none}>{t('none')}</p>
      ) : (
        <ul>
          {reports.map((report) => (
            <ReportRow
              key={report.id}
              report={report}
              onRead={() => setReadId(report.id)}
              onRemove={() => removing.mutate(report.id)}
            />
          ))}
        </ul>
      )}
      {read !== undefined && <ReportDialog report={read} onClose={() => setReadId(null)} />}
    </div>
  );
}

/** Every crash that was written down on this computer: to be read, then sent or deleted. */
export function CrashReports() {
  const t = useTexts('reports');
  return (
    <section className={styles.section} aria-labelledby="crash-reports">
      <h2 id="crash-reports" className={styles.heading}>
        {t('title')}
      </h2>
      <p className={styles.help}>{t('help')}</p>
      <ReportList />
    </section>
  );
}
