import { useState } from 'react';
import type { AppInfo } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { checkFolder } from './folder-check.ts';
import { moveAudio, moveFailure } from './move-audio.ts';
import styles from './storage-settings.module.css';

export interface MoveDialogProps {
  readonly platform: AppInfo['platform'];
  readonly onClose: () => void;
}

/** Asks for a folder by its path, where the system has no dialog for that. What is wrong with it stands below the field. */
export function MoveDialog({ platform, onClose }: MoveDialogProps) {
  const t = useTexts('settings');
  const ui = useTexts('ui');
  const { storage, cache, pinned } = useStatus((status) => status);
  const [typed, setTyped] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [refused, setRefused] = useState<{ readonly path: string; readonly why: string } | null>(null);
  const problem = checkFolder(typed, storage.folder, platform);

  const errorOf = (): string | null => {
    if (refused?.path === typed) return refused.why;
    return problem === null || problem === 'empty' ? null : t(`storage.folder.problems.${problem}`);
  };
  const move = async (): Promise<void> => {
    setAsking(true);
    try {
      await moveAudio(typed.trim());
      onClose();
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      setRefused({ path: typed, why: moveFailure(failure) });
      setAsking(false);
    }
  };
  return (
    <Dialog
      title={t('storage.folder.title')}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          <Button variant="bare" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button variant="primary" disabled={problem !== null || isAsking} onClick={() => void move()}>
            {t('storage.folder.action')}
          </Button>
        </>
      }
    >
      <p className={styles.dialogWords}>
        {t('storage.folder.explained', { bytes: formatBytes(cache.bytes + pinned.bytes) })}
      </p>
      <div className={styles.dialogField}>
        <TextInput
          label={t('storage.folder.path')}
          labelShown
          value={typed}
          onChange={setTyped}
          placeholder={storage.folder}
          error={errorOf()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && problem === null && !isAsking) void move();
          }}
        />
      </div>
    </Dialog>
  );
}
