import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HostErrorCode, HostFailure } from '../../contract/host-error.ts';
import type { CrashReportSummary } from '../../contract/reports.ts';
import { host } from '../host/host-client.ts';
import { formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.ts';
import { crashReportQuery, crashReportsQuery } from './report-queries.ts';
import { ReportText } from './report-text.tsx';
import styles from './reports.module.css';

const NAMED = ['sign_in_required', 'offline', 'service_unreachable', 'too_many_requests'] as const;
const whyNotSent = (code: HostErrorCode): (typeof NAMED)[number] | 'other' =>
  NAMED.find((named) => named === code) ?? 'other';

/** All that a report says; from here, once it is in sight, it can be sent. */
export function ReportDialog({
  report,
  onClose,
}: {
  readonly report: CrashReportSummary;
  readonly onClose: () => void;
}) {
  const t = useTexts('reports');
  const ui = useTexts('ui');
  const client = useQueryClient();
  const service = useSession((snapshot) => currentAccount(snapshot)?.serviceName ?? '');
  const answer = useQuery(crashReportQuery(report.id));
  const sending = useMutation<readonly CrashReportSummary[], HostFailure>({
    mutationFn: () => host.reports.send({ id: report.id }),
    onSuccess: (list) => {
      client.setQueryData(crashReportsQuery().queryKey, list);
      showToast({ tone: 'done', text: t('reading.done') });
      onClose();
    },
  });
  const isSent = report.sentAt !== null;
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('reading.title', { kind: t(`kinds.${report.kind}`), moment: formatMoment(report.at) })}
      actions={
        <>
          <Button variant="bare" onClick={onClose}>
            {ui('close')}
          </Button>
          <Button
            variant="primary"
            disabled={isSent || sending.isPending || answer.data === undefined}
            onClick={() => sending.mutate()}
          >
            {isSent ? t('reading.sent') : t('reading.send', { service })}
          </Button>
        </>
      }
    >
      <p className={styles.explained}>{t('reading.help', { service })}</p>
      <ReportText label={t('reading.text')} answer={answer} failed={t('reading.failed')} />
      {sending.error !== null && (
        <p role="alert" className={styles.failed}>
          {t(`notSent.${whyNotSent(sending.error.code)}`)}
        </p>
      )}
    </Dialog>
  );
}
