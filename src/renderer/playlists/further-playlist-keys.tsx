import { ListFilter, UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { Button } from '../ui/button.tsx';
import { openJoinPlaylist } from './join-dialog.tsx';
import { openNewSmartPlaylist } from './smart-playlist-dialog.tsx';

/** Beside "New playlist": one by rules, and one that somebody else invites to. */
export function FurtherPlaylistKeys({ folderId }: { readonly folderId: string | null }): ReactNode {
  const t = useTexts('playlists');
  // Nobody is invited where nobody has a name.
  const isPersonal = useSession((snapshot) => currentAccount(snapshot)?.isPersonal === true);
  return (
    <>
      <Button variant="bare" icon={ListFilter} onClick={() => openNewSmartPlaylist(folderId)}>
        {t('smart.newTitle')}
      </Button>
      {isPersonal && (
        <Button variant="bare" icon={UserRoundPlus} onClick={() => openJoinPlaylist()}>
          {t('people.join.title')}
        </Button>
      )}
    </>
  );
}
