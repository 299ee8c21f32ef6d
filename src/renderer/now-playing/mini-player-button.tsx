import { PictureInPicture2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { reportFailure } from '../report-failure.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { showToast } from '../ui/toast.ts';
import { canOpenMiniPlayer, toggleMiniPlayer, useMiniWindow } from './mini-window.ts';

/** Opens the small window that stays on top; not there where the system has none. */
export function MiniPlayerButton(): ReactNode {
  const t = useTexts('nowPlaying');
  const isOpen = useMiniWindow() !== null;
  if (!canOpenMiniPlayer()) return null;
  const toggle = (): void => {
    toggleMiniPlayer(t('mini')).catch((cause: unknown) => {
      reportFailure(cause);
      showToast({ tone: 'failed', text: t('miniNotOpened') });
    });
  };
  return <IconButton icon={PictureInPicture2} label={t('mini')} pressed={isOpen} onClick={toggle} />;
}
