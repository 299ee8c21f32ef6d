import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { host } from '../host/host-client.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.ts';
import { SettingRow, SettingRows } from './setting-rows.tsx';
import styles from './storage-settings.module.css';

function ClearDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTexts('settings');
  const ui = useTexts('ui');
  const bytes = formatBytes(useStatus((status) => status.cache.bytes));
  const clear = async (): Promise<void> => {
    onOpenChange(false);
    try {
      await host.cache.clear();
      showToast({ text: t('storage.cleared', { bytes }), tone: 'done' });
    } catch {
      showToast({ text: t('storage.notCleared'), tone: 'failed' });
    }
  };
  return (
    <Dialog
      title={t('storage.confirmTitle')}
      open={open}
      onOpenChange={onOpenChange}
      actions={
        <>
          <Button variant="bare" onClick={() => onOpenChange(false)}>
            {ui('cancel')}
          </Button>
          <Button variant="danger" onClick={() => void clear()}>
            {t('storage.clearAction')}
          </Button>
        </>
      }
    >
      {t('storage.confirmBody', { bytes })}
    </Dialog>
  );
}

export function StorageSettings() {
  const t = useTexts('settings');
  const cache = useStatus((status) => status.cache);
  const [asking, setAsking] = useState(false);
  const used = formatBytes(cache.bytes);
  const limit = formatBytes(cache.limitBytes);
  return (
    <>
      <meter
        className={styles.meter}
        min={0}
        max={Math.max(1, cache.limitBytes)}
        value={cache.bytes}
        aria-label={t('storage.meter')}
      >
        {t('storage.ofLimit', { bytes: used, limit })}
      </meter>
      <dl className={styles.figures}>
        <div>
          <dt className={styles.name}>{t('storage.kept')}</dt>
          <dd className={styles.value}>{t('storage.ofLimit', { bytes: used, limit })}</dd>
        </div>
        <div>
          <dt className={styles.name}>{t('storage.tracks')}</dt>
          <dd className={styles.value}>{formatCount(cache.tracks)}</dd>
        </div>
        <div>
          <dt className={styles.name}>{t('storage.free')}</dt>
          <dd className={styles.value}>{formatBytes(Math.max(0, cache.limitBytes - cache.bytes))}</dd>
        </div>
      </dl>
      <p className={styles.what}>{t('storage.what')}</p>
      {cache.failure !== null && (
        <div className={styles.failure} role="alert">
          <TriangleAlert size={16} aria-hidden />
          <p>
            <strong>{t('storage.failed')}</strong> {t('storage.failedHelp')}
          </p>
        </div>
      )}
      <SettingRows>
        <SettingRow label={t('storage.clear')} description={t('storage.clearHelp')}>
          <Button variant="danger" disabled={cache.tracks === 0} onClick={() => setAsking(true)}>
            {t('storage.clearAction')}
          </Button>
        </SettingRow>
      </SettingRows>
      <ClearDialog open={asking} onOpenChange={setAsking} />
    </>
  );
}
