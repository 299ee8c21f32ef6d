import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { SettingRow } from '../settings/setting-rows.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { diagnosticsQuery } from './report-queries.ts';
import { ReportText } from './report-text.tsx';
import styles from './reports.module.css';

function DiagnosticsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts('reports');
  const ui = useTexts('ui');
  const answer = useQuery(diagnosticsQuery());
  const [copy, setCopy] = useState<'not yet' | 'done' | 'failed'>('not yet');
  const text = answer.data?.text;
  const copyText = (): void => {
    navigator.clipboard.writeText(text ?? '').then(
      () => setCopy('done'),
      () => setCopy('failed'),
    );
  };
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('diagnostics.title')}
      actions={
        <>
          <Button variant="bare" onClick={onClose}>
            {ui('close')}
          </Button>
          <Button
            variant="primary"
            disabled={text === undefined}
            otherText={t(copy === 'done' ? 'diagnostics.copy' : 'diagnostics.copied')}
            onClick={copyText}
          >
            {t(copy === 'done' ? 'diagnostics.copied' : 'diagnostics.copy')}
          </Button>
        </>
      }
    >
      <p className={styles.explained}>{t('diagnostics.help')}</p>
      <ReportText label={t('diagnostics.text')} answer={answer} failed={t('diagnostics.failed')} />
      <p role="status" className={styles.said}>
        {copy === 'failed' && t('diagnostics.notCopied')}
        {copy === 'done' && t('diagnostics.copied')}
      </p>
    </Dialog>
  );
}

/** How this app stands, shown before it is copied. */
export function DiagnosticsSetting() {
  const t = useTexts('reports');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <SettingRow label={t('diagnostics.label')} description={t('diagnostics.help')}>
        <Button onClick={() => setOpen(true)}>{t('diagnostics.show')}</Button>
      </SettingRow>
      {isOpen && <DiagnosticsDialog onClose={() => setOpen(false)} />}
    </>
  );
}
