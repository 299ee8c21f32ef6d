import { RotateCw } from 'lucide-react';
import { useStore } from 'zustand';
import { useTexts } from '../i18n/use-texts.ts';
import { useIsPlaying } from '../playback/playback-hooks.ts';
import { Button } from '../ui/button.tsx';
import { restartAfterTrack } from './restart-after-track.ts';
import { installUpdate } from './update-actions.ts';

export const useRestartsAfterTrack = (): boolean =>
  useStore(restartAfterTrack.store, ({ isWaiting }) => isWaiting);

/** "Restart to update", while nothing plays; else after the track. `describedBy` names what says why not now. */
export function RestartButtons({ describedBy }: { readonly describedBy: string }) {
  const t = useTexts('update');
  const isPlaying = useIsPlaying();
  const isWaiting = useRestartsAfterTrack();
  return (
    <>
      <Button
        variant="primary"
        icon={RotateCw}
        disabled={isPlaying}
        aria-describedby={describedBy}
        onClick={() => void installUpdate()}
      >
        {t('actions.restart')}
      </Button>
      {(isPlaying || isWaiting) && (
        <Button
          aria-pressed={isWaiting}
          onClick={() => (isWaiting ? restartAfterTrack.cancel() : restartAfterTrack.wait())}
        >
          {t('actions.afterTrack')}
        </Button>
      )}
    </>
  );
}
