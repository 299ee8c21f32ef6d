import { ListMusic, Plus, Search } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PlaylistHead } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useRowHeights } from '../theme/row-heights.ts';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx';
import styles from './add-to-playlist-dialog.module.css';
import { closeAddToPlaylist, useAddToPlaylist } from './add-to-playlist-store.ts';
import { useShelf } from './library-queries.ts';
import { addToPlaylist, createPlaylist } from './playlist-actions.ts';
import { matchesName, shelfPlaylists, takesTracks, type FolderEntry } from './shelf.ts';

type Choice =
  | { readonly kind: 'playlist'; readonly playlist: PlaylistHead; readonly folder: FolderEntry | null }
  | { readonly kind: 'create'; readonly name: string };

/** "Add to playlist …": type to find one, arrows choose, Enter adds; a name that nobody has is made. */
export function AddToPlaylistDialog(): ReactNode {
  const t = useTexts('library');
  const { tracks, suggestedName } = useAddToPlaylist();
  const [first] = tracks ?? [];
  return (
    <Dialog
      title={
        first === undefined || tracks === null
          ? t('add.createEmpty')
          : t('add.title', {
              count: tracks.length,
              formatted: formatCount(tracks.length),
              title: first.title,
            })
      }
      open={tracks !== null}
      onOpenChange={(open) => {
        if (!open) closeAddToPlaylist();
      }}
    >
      {tracks !== null && <Chooser trackIds={tracks.map(({ id }) => id)} suggestedName={suggestedName} />}
    </Dialog>
  );
}

function Chooser(props: { readonly trackIds: readonly string[]; readonly suggestedName: string }): ReactNode {
  const t = useTexts('library');
  const listId = useId();
  const { row } = useRowHeights();
  const shelf = useShelf();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [skips, setSkips] = useState(false);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const list = useRef<VirtualListHandle>(null);

  const name = text.trim();
  const matches = matchesName(name);
  const found = shelfPlaylists(shelf).filter(
    ({ playlist }) => takesTracks(playlist) && matches(playlist.name),
  );
  const isTaken = found.some(({ playlist }) => playlist.name.toLowerCase() === name.toLowerCase());
  const create: Choice = {
    kind: 'create',
    name: name === '' ? props.suggestedName || t('name.newPlaylist') : name,
  };
  const playlists = found.map((each): Choice => ({ kind: 'playlist', ...each }));
  // What is typed is looked for first; only a name that nothing has is to be made.
  const choices = isTaken ? playlists : name === '' ? [create, ...playlists] : [...playlists, create];
  const at = Math.min(active, choices.length - 1);

  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    closeAddToPlaylist();
    if (choice.kind === 'create') void createPlaylist(choice.name, props.trackIds, null);
    else void addToPlaylist(choice.playlist, props.trackIds, skips ? 'skip' : 'add');
  };
  const goTo = (index: number): void => {
    const next = (index + choices.length) % choices.length;
    setActive(next);
    list.current?.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') goTo(at + 1);
    else if (event.key === 'ArrowUp') goTo(at - 1);
    else if (event.key === 'Enter') choose(choices[at]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <TextInput
        type="search"
        label={t('add.find')}
        placeholder={t('add.find')}
        icon={Search}
        value={text}
        onChange={(next) => {
          setText(next);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        listId={listId}
        activeOption={`${listId}-${at}`}
      />
      <div ref={setScroller} className={styles.scroller}>
        <div id={listId} role="listbox" aria-label={t('add.list')} className={styles.list}>
          <VirtualList
            count={choices.length}
            rowHeight={row}
            role="presentation"
            label={t('add.list')}
            scrollElement={scroller}
            listRef={list}
            rowKey={(index) => keyOf(choices[index])}
            renderRow={(index) => {
              const choice = choices[index];
              return (
                choice !== undefined && (
                  <Option
                    id={`${listId}-${index}`}
                    choice={choice}
                    isActive={index === at}
                    onChoose={() => choose(choice)}
                    onPoint={() => setActive(index)}
                  />
                )
              );
            }}
          />
        </div>
      </div>
      <div className={styles.foot}>
        <Switch label={t('add.duplicates')} checked={skips} onChange={setSkips} />
        <p className={styles.hint}>{t('add.hint')}</p>
      </div>
    </>
  );
}

const keyOf = (choice: Choice | undefined): string =>
  choice?.kind === 'playlist' ? choice.playlist.id : 'create';

const optionWords = (t: ReturnType<typeof useTexts<'library'>>, choice: Choice): string => {
  if (choice.kind === 'playlist') return choice.playlist.name;
  return choice.name === t('name.newPlaylist')
    ? t('add.createEmpty')
    : t('add.create', { name: choice.name });
};

function Option(props: {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
}): ReactNode {
  const t = useTexts('library');
  const { choice, isActive } = props;
  const Icon = choice.kind === 'create' ? Plus : ListMusic;
  return (
    // The keyboard is in the field above, which names the option that Enter takes.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classNames(styles.option, isActive && styles.active)}
      onClick={props.onChoose}
      onPointerMove={props.onPoint}
    >
      <Icon size={16} aria-hidden />
      <span className={styles.name}>{optionWords(t, choice)}</span>
      {choice.kind === 'playlist' && (
        <span className={styles.note}>
          {choice.folder !== null && `${t('add.folder', { name: choice.folder.name })} · `}
          {t('counts.tracks', {
            count: choice.playlist.itemCount,
            formatted: formatCount(choice.playlist.itemCount),
          })}
        </span>
      )}
    </div>
  );
}
