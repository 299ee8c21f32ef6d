import { TriangleAlert } from 'lucide-react';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import styles from './storage-settings.module.css';

function Warning({ text, help, role }: { text: string; help: string; role: 'alert' | 'note' }) {
  return (
    <div className={styles.warning} role={role}>
      <TriangleAlert size={16} aria-hidden />
      <p>
        <strong>{text}</strong> {help}
      </p>
    </div>
  );
}

/** What is wrong with the place where music is kept. */
export function StorageWarnings() {
  const t = useTexts('settings');
  const { cache, storage } = useStatus((status) => status);
  return (
    <>
      {storage.key === 'memory' && (
        <Warning
          role="note"
          text={t('storage.warnings.keyInMemory')}
          help={t('storage.warnings.keyInMemoryHelp')}
        />
      )}
      {storage.key === 'unavailable' && (
        <Warning role="alert" text={t('storage.warnings.noKey')} help={t('storage.warnings.noKeyHelp')} />
      )}
      {cache.failure !== null && storage.key !== 'unavailable' && (
        <Warning role="alert" text={t('storage.failed')} help={t('storage.failedHelp')} />
      )}
    </>
  );
}
