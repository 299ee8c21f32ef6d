import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Search, Trash2 } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { HostFailure } from '../../contract/host-error.ts';
import type { PlayedEntry } from '../../contract/history.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { useFind } from '../track-list/use-find.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { showToast } from '../ui/toast.ts';
import { HISTORY_KEY } from './catalog-queries.ts';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { RowsSkeleton } from './skeletons.tsx';
import { useHistory } from './use-history.ts';

/** What was played on this computer, newest first. */
export function HistoryPage(): ReactNode {
  const t = useTexts('browse');
  const query = useHistory();
  usePageArtwork(null);
  usePageTitle(t('historyPage.title'));
  return (
    <QueryState query={query} skeleton={<RowsSkeleton rows={12} />}>
      {(entries) => (entries.length === 0 ? <NothingPlayed /> : <Played entries={entries} />)}
    </QueryState>
  );
}

function NothingPlayed(): ReactNode {
  const t = useTexts('browse');
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="empty"
      title={t('historyPage.emptyTitle')}
      help={t('historyPage.emptyHelp')}
      actions={
        <Button variant="primary" icon={Search} onClick={() => navigate('/search')}>
          {t('historyPage.findMusic')}
        </Button>
      }
    />
  );
}

function Played({ entries }: { readonly entries: readonly PlayedEntry[] }): ReactNode {
  const t = useTexts('browse');
  const title = t('historyPage.title');
  const tracks = useMemo(() => entries.map((entry) => entry.track), [entries]);
  const find = useFind(tracks);
  return (
    <div>
      <header className={styles.head}>
        <SleeveTitle text={title} size="l" />
        <div className={styles.headLine}>
          <ClearHistory />
          <p className={styles.count}>
            {t('tracks', { count: entries.length, formatted: formatCount(entries.length) })}
          </p>
          {find.field}
        </div>
      </header>
      <TrackList
        tracks={find.tracks}
        layout="mixed"
        label={title}
        withHead
        origin={{ kind: 'history', id: null, title }}
        scope={find.scope}
      />
      {find.nothing}
    </div>
  );
}

function ClearHistory(): ReactNode {
  const t = useTexts('browse');
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const clearing = useMutation<void, HostFailure>({
    mutationFn: () => host.history.clear(),
    onSuccess: () => {
      client.setQueryData(HISTORY_KEY, []);
      setOpen(false);
      showToast({ tone: 'done', text: t('historyPage.cleared') });
    },
    onError: () => showToast({ tone: 'failed', text: t('historyPage.notCleared') }),
  });
  return (
    <>
      <Button icon={Trash2} onClick={() => setOpen(true)}>
        {t('historyPage.clear')}
      </Button>
      <Dialog
        title={t('historyPage.confirmTitle')}
        open={open}
        onOpenChange={setOpen}
        actions={
          <>
            <Button variant="bare" onClick={() => setOpen(false)}>
              {t('historyPage.cancel')}
            </Button>
            <Button variant="danger" disabled={clearing.isPending} onClick={() => clearing.mutate()}>
              {t('historyPage.confirm')}
            </Button>
          </>
        }
      >
        {t('historyPage.confirmBody')}
      </Dialog>
    </>
  );
}
