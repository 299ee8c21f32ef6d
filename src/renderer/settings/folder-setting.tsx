import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HostFailure } from '../../contract/host-error.ts';
import { appInfoQuery } from '../host/app-info.ts';
import { host } from '../host/host-client.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';
import { moveAudio, moveFailure } from './move-audio.ts';
import { MoveDialog } from './move-dialog.tsx';
import styles from './storage-settings.module.css';

function MovingLine() {
  const t = useTexts('settings');
  const moving = useStatus((status) => status.storage.moving);
  if (moving === null) return null;
  const words = t('storage.folder.moving', {
    folder: moving.to,
    done: formatBytes(moving.doneBytes),
    total: formatBytes(moving.totalBytes),
  });
  return (
    <div className={styles.moving}>
      <progress
        className={styles.progress}
        max={Math.max(1, moving.totalBytes)}
        value={moving.doneBytes}
        aria-label={t('storage.folder.progress')}
      />
      <p className={styles.path}>{words}</p>
    </div>
  );
}

/** Where the audio lies; to be opened, and moved. */
export function FolderSetting() {
  const t = useTexts('settings');
  const { folder, moving } = useStatus((status) => status.storage);
  const { data: app } = useQuery(appInfoQuery());
  const [typing, setTyping] = useState(false);

  const failed = (text: string, failure: unknown): void => {
    if (!(failure instanceof HostFailure)) throw failure;
    showToast({ tone: 'failed', text, detail: moveFailure(failure) });
  };
  const open = async (): Promise<void> => {
    try {
      await host.storage.openFolder();
    } catch {
      showToast({ tone: 'failed', text: t('storage.folder.notOpened') });
    }
  };
  const choose = async (): Promise<void> => {
    try {
      const chosen = await host.storage.chooseFolder();
      if (chosen !== null) await moveAudio(chosen);
    } catch (failure) {
      failed(t('storage.folder.notMoved'), failure);
    }
  };
  const move = (): void => {
    // Only the desktop shell has the system's dialog.
    if (app?.shell === 'electron') void choose();
    else setTyping(true);
  };

  return (
    <div className={styles.folder}>
      <div className={styles.folderWords}>
        <p className={styles.name}>{t('storage.folder.label')}</p>
        <p className={styles.path}>{folder}</p>
        <MovingLine />
      </div>
      <div className={styles.folderActions}>
        <Button variant="bare" onClick={() => void open()}>
          {t('storage.folder.open')}
        </Button>
        <Button disabled={moving !== null || app === undefined} onClick={move}>
          {t('storage.folder.move')}
        </Button>
      </div>
      {typing && <MoveDialog onClose={() => setTyping(false)} platform={app?.platform ?? 'other'} />}
    </div>
  );
}
