import { useMutation } from '@tanstack/react-query';
import { EyeOff, Search, Trash2, X } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { HistoryDay } from '../../contract/history.ts';
import type { HostFailure } from '../../contract/host-error.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { host } from '../host/host-client.ts';
import { formatCount, formatDate, formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { sayNotDone } from '../library/undoable.ts';
import { player } from '../playback/player.ts';
import { useIsPrivate } from '../privacy/privacy-store.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useAction } from '../shortcuts/registry.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { showToast } from '../ui/toast.ts';
import { dayGroups } from './history-days.ts';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { RowsSkeleton } from './skeletons.tsx';
import { usePlays, type Plays } from './use-plays.ts';

/** In a queue that is started here. */
const TRACKS_TO_PLAY = 200;

/** Every play that is remembered, newest first, under its day. */
export function HistoryPage(): ReactNode {
  const t = useTexts('browse');
  const [text, setText] = useState('');
  const find = useDeferredValue(text.trim());
  const plays = usePlays(find);
  usePageArtwork(null);
  usePageTitle(t('historyPage.title'));
  return (
    <QueryState query={plays.query} skeleton={<RowsSkeleton rows={12} />}>
      {(days) =>
        days.length === 0 && text === '' ? (
          <NothingPlayed />
        ) : (
          <Played days={days} plays={plays} find={find} text={text} onFind={setText} />
        )
      }
    </QueryState>
  );
}

/** Why nothing is added to what stands here. */
function NotRemembered(): ReactNode {
  const t = useTexts('privacy');
  const isOff = useSettings(({ historyKeep }) => historyKeep === 'none');
  const isPrivate = useIsPrivate();
  if (!isOff && !isPrivate) return null;
  return (
    <p className={styles.historyNote}>
      <EyeOff size={14} aria-hidden />
      {isPrivate ? t('session.began') : t('history.off')}
    </p>
  );
}

function NothingPlayed(): ReactNode {
  const t = useTexts('browse');
  const p = useTexts('privacy');
  const isOff = useSettings(({ historyKeep }) => historyKeep === 'none');
  const isPrivate = useIsPrivate();
  const [, navigate] = useLocation();
  const remembered = isOff ? p('history.off') : t('historyPage.emptyHelp');
  return (
    <PageMessage
      kind="empty"
      title={t('historyPage.emptyTitle')}
      help={isPrivate ? p('session.began') : remembered}
      actions={
        <Button variant="primary" icon={Search} onClick={() => navigate('/search')}>
          {t('historyPage.findMusic')}
        </Button>
      }
    />
  );
}

function Played({
  days,
  plays,
  find,
  text,
  onFind,
}: {
  readonly days: readonly HistoryDay[];
  readonly plays: Plays;
  readonly find: string;
  readonly text: string;
  readonly onFind: (text: string) => void;
}): ReactNode {
  const t = useTexts('browse');
  const p = useTexts('privacy');
  const input = useRef<HTMLInputElement>(null);
  useAction('page.find', () => input.current?.select());
  const title = t('historyPage.title');
  const origin = { kind: 'history', id: null, title } as const;
  const { entries } = plays;
  const tracks = useMemo(() => entries.map((entry) => entry?.track ?? null), [entries]);
  // A page that is open over midnight says so with the next play.
  const now = useMemo(() => new Date(plays.query.dataUpdatedAt), [plays.query.dataUpdatedAt]);
  const groups = useMemo(
    () =>
      dayGroups(days, {
        today: p('history.today'),
        yesterday: p('history.yesterday'),
        dateOf: (day) => formatDate(day, 'day'),
        now,
      }),
    [days, now, p],
  );
  const playFrom = async (index: number): Promise<void> => {
    try {
      const from = await host.history.page({ find, offset: index, limit: TRACKS_TO_PLAY });
      player.play(
        from.map(({ track }) => track),
        0,
        origin,
      );
    } catch (failure) {
      sayNotDone(p('history.notRead'), failure);
    }
  };
  const remove = async (indexes: readonly number[]): Promise<void> => {
    const ids = indexes.flatMap((index) => entries[index]?.id ?? []);
    const putBack = (): void =>
      void host.history.restore().catch((failure: unknown) => sayNotDone(p('history.notUndone'), failure));
    try {
      await host.history.remove({ ids });
      showToast({
        tone: 'done',
        text: p('history.removed'),
        action: { label: p('history.undo'), onSelect: putBack },
      });
    } catch (failure) {
      sayNotDone(p('history.notRemoved'), failure);
    }
  };
  const moreEntries = (indexes: readonly number[]): readonly MenuEntry[] =>
    indexes.some((index) => entries[index] === null)
      ? []
      : [{ kind: 'item', label: p('history.remove'), icon: X, onSelect: () => void remove(indexes) }];
  return (
    <div>
      <header className={styles.head}>
        <SleeveTitle text={title} size="l" />
        <div className={styles.headLine}>
          <ClearHistory />
          <p className={styles.total} role="status">
            {p(find === '' ? 'history.plays' : 'history.found', {
              count: entries.length,
              formatted: formatCount(entries.length),
            })}
          </p>
          <search className={styles.historyFind}>
            <TextInput
              type="search"
              icon={Search}
              label={p('history.find')}
              placeholder={p('history.find')}
              value={text}
              onChange={onFind}
              inputRef={input}
            />
          </search>
        </div>
        <NotRemembered />
      </header>
      {entries.length === 0 ? (
        <p className={styles.total}>{p('history.nothing')}</p>
      ) : (
        <TrackList
          tracks={tracks}
          groups={groups}
          layout="played"
          label={title}
          withHead
          origin={origin}
          scope={find}
          onPlay={(index) => void playFrom(index)}
          onShow={plays.show}
          lastColumn={{
            title: p('history.playedAt'),
            wordsAt: (index) => {
              const playedAt = entries[index]?.playedAt;
              return playedAt === undefined ? '' : formatTimeOfDay(playedAt);
            },
            elsewhereAt: (index) =>
              entries[index]?.isFromHere === false ? p('history.elsewhere') : undefined,
          }}
          moreEntries={moreEntries}
        />
      )}
    </div>
  );
}

function ClearHistory(): ReactNode {
  const t = useTexts('browse');
  const isPersonal = useSession((snapshot) => currentAccount(snapshot)?.isPersonal === true);
  const [open, setOpen] = useState(false);
  const clearing = useMutation<void, HostFailure>({
    mutationFn: () => host.history.clear(),
    onSuccess: () => {
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
        {t(isPersonal ? 'historyPage.confirmEverywhere' : 'historyPage.confirmBody')}
      </Dialog>
    </>
  );
}
