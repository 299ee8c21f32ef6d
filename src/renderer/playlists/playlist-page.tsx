import { useQuery } from '@tanstack/react-query';
import { ListFilter, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PlaylistHead } from '../../contract/library.ts';
import { QueryState } from '../browse/page-states.tsx';
import { RowsSkeleton } from '../browse/skeletons.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isMac } from '../shortcuts/chord.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Button } from '../ui/button.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { DuplicatesLine } from './duplicates-line.tsx';
import { ItemList } from './item-list.tsx';
import { ListTools } from './list-tools.tsx';
import styles from './playlist-page.module.css';
import { redoLast, undoLast } from './page-changes.ts';
import { PlaylistDialog, type OpenDialog } from './playlist-dialog.tsx';
import { PlaylistHero } from './playlist-hero.tsx';
import { PlaylistActions } from './playlist-menu.tsx';
import { headQuery, OWN_VIEW, type ListView } from './playlist-queries.ts';
import { PlaylistSkeleton } from './playlist-skeleton.tsx';
import { RulesLine } from './rules-line.tsx';
import { openNewSmartPlaylist } from './smart-playlist-dialog.tsx';
import { usePlaylistRows } from './use-playlist-rows.ts';
import { VisitorLine } from './visitor-line.tsx';
import { pasteItems } from './item-actions.ts';

/** One playlist: what it is, and everything in it, to be played and edited. */
export function PlaylistPage({ id }: { readonly id: string }): ReactNode {
  const t = useTexts('playlists');
  const query = useQuery(headQuery(id));
  usePageTitle(query.data?.name ?? null);
  usePageArtwork(query.isPending ? undefined : (query.data?.artwork[0] ?? null));
  // Somebody else's that is not shared any more is shown no longer either.
  const isClosed = query.error?.code === 'gone' || query.error?.code === 'not_found';
  return (
    <QueryState
      query={isClosed ? { ...query, data: undefined } : query}
      skeleton={<PlaylistSkeleton />}
      notFoundTitle={t('notFound')}
    >
      {(playlist) => <PlaylistContent playlist={playlist} />}
    </QueryState>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [role="dialog"]') !== null;

/** Mod+Z and Mod+Shift+Z (or Mod+Y) wherever the focus is on the page, but not while somebody types. */
function useUndoKeys(onPaste: (() => void) | null): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    const mod = isMac() ? event.metaKey : event.ctrlKey;
    if (!mod || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const act =
      key === 'z' ? (event.shiftKey ? redoLast : undoLast) : key === 'y' && !event.shiftKey ? redoLast : null;
    if (act !== null) {
      event.preventDefault();
      void act();
    } else if (key === 'v' && !event.shiftKey && onPaste !== null) {
      event.preventDefault();
      onPaste();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

const SKELETON_ROWS = 8;

function PlaylistContent({ playlist }: { readonly playlist: PlaylistHead }): ReactNode {
  const t = useTexts('playlists');
  const [, navigate] = useLocation();
  const [view, setView] = useState(OWN_VIEW);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  // The field never waits for a long list to be found in.
  const filter = useDeferredValue(view.filter.trim());
  const asked: ListView = { ...view, filter };
  const rows = usePlaylistRows(playlist.id, asked);
  const { role, rules } = playlist;
  const canEdit = (role === 'owner' || role === 'editor') && rules === null;
  useUndoKeys(canEdit ? () => void pasteItems(playlist.id, rows.order ?? [], null) : null);

  const isEmpty = rows.order !== null && rows.order.length === 0;
  const isLost = rows.order === null && rows.error !== null;
  const isFinding = filter !== '';
  const emptyHelp = canEdit ? t('empty.help') : t('empty.visitorHelp');
  return (
    <div>
      <PlaylistHero playlist={playlist} />
      <div className={styles.tools}>
        <PlaylistActions
          playlist={playlist}
          view={asked}
          isEmpty={isLost || (isEmpty && !isFinding)}
          onOpen={setDialog}
        />
        {!isLost && (!isEmpty || isFinding) && (
          <ListTools
            view={view}
            isSmart={rules !== null}
            found={isFinding ? (rows.order?.length ?? null) : null}
            onChange={setView}
          />
        )}
      </div>
      {role === 'visitor' && <VisitorLine playlist={playlist} />}
      {rules !== null && (
        <RulesLine rules={rules} onEdit={role === 'owner' ? () => setDialog('rules') : null} />
      )}
      {canEdit && !isLost && !isEmpty && (
        <DuplicatesLine playlist={playlist} onShow={() => setDialog('duplicates')} />
      )}
      {isEmpty && isFinding && <p className={styles.nothing}>{t('list.nothing', { query: filter })}</p>}
      {isEmpty && !isFinding && (
        <div className={styles.empty}>
          <PageMessage
            kind="empty"
            title={t(rules === null ? 'empty.title' : 'empty.smartTitle')}
            help={rules === null ? emptyHelp : t('empty.smartHelp')}
            actions={
              rules === null ? (
                canEdit && (
                  <>
                    <Button icon={Search} onClick={() => navigate('/search')}>
                      {t('empty.find')}
                    </Button>
                    <Button variant="bare" icon={ListFilter} onClick={() => openNewSmartPlaylist()}>
                      {t('empty.byRules')}
                    </Button>
                  </>
                )
              ) : role === 'owner' ? (
                <Button icon={ListFilter} onClick={() => setDialog('rules')}>
                  {t('empty.editRules')}
                </Button>
              ) : null
            }
          />
        </div>
      )}
      {rows.order === null && rows.error === null && <RowsSkeleton rows={SKELETON_ROWS} art />}
      {isLost && (
        <PageMessage
          kind="error"
          title={t('lost.title')}
          help={t('lost.help')}
          actions={<Button onClick={rows.refetch}>{t('lost.again')}</Button>}
        />
      )}
      {rows.order !== null && rows.order.length > 0 && (
        <ItemList playlist={playlist} view={asked} rows={rows} order={rows.order} canEdit={canEdit} />
      )}
      <PlaylistDialog playlist={playlist} open={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}
