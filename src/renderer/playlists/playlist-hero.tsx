import { Globe, ImageUp, Link2 } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { PlaylistHead } from '../../contract/library.ts';
import { formatCount, formatLongDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { showToast } from '../ui/toast.ts';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { classNames } from '../ui/class-names.ts';
import { EditableWords } from './editable-words.tsx';
import { MemberMark, useMemberName } from './member-mark.tsx';
import { editStore, useEditing } from './editing.ts';
import { describePlaylist, renamePlaylist, setPicture } from './playlist-actions.ts';
import { PlaylistCover } from './playlist-cover.tsx';
import styles from './playlist-page.module.css';
import { sayFailed } from './page-changes.ts';
import { PICTURE_TYPES, squarePicture } from './square-picture.ts';

const SLEEVE_PX = 216;
const MOST_NAME_LETTERS = 200;
const MOST_DESCRIPTION_LETTERS = 1000;
/** More of them are in the dialog. */
const MOST_MARKS = 5;

/** What a playlist is: picture, name, words about it, and how much is in it. Who may edit it does so right here. */
export function PlaylistHero({ playlist }: { readonly playlist: PlaylistHead }): ReactNode {
  const canEdit = playlist.role === 'owner' || playlist.role === 'editor';
  return (
    <header className={styles.hero}>
      <Picture playlist={playlist} canEdit={canEdit} />
      <div className={styles.words}>
        <Kicker playlist={playlist} />
        <Name playlist={playlist} canEdit={canEdit} />
        <Description playlist={playlist} canEdit={canEdit} />
        <Facts playlist={playlist} />
      </div>
    </header>
  );
}

interface PartProps {
  readonly playlist: PlaylistHead;
  readonly canEdit: boolean;
}

function Picture({ playlist, canEdit }: PartProps): ReactNode {
  const t = useTexts('playlists');
  const input = useRef<HTMLInputElement>(null);
  const choose = async (file: File): Promise<void> => {
    try {
      const picture = await squarePicture(file);
      if ('problem' in picture) {
        showToast({
          tone: 'failed',
          text: t('failed.picture'),
          detail: t(picture.problem === 'kind' ? 'edit.pictureKind' : 'edit.pictureSize'),
        });
        return;
      }
      await setPicture(playlist.id, picture.dataUrl);
    } catch (failure) {
      sayFailed(failure, t('failed.picture'));
    }
  };
  return (
    <div className={styles.cover}>
      <PlaylistCover playlist={playlist} px={SLEEVE_PX} />
      {canEdit && (
        <>
          <button
            type="button"
            className={styles.coverKey}
            data-picture-key
            aria-label={t('edit.picture', { name: playlist.name })}
            onClick={() => input.current?.click()}
          >
            <ImageUp size={20} aria-hidden />
          </button>
          <input
            ref={input}
            type="file"
            hidden
            accept={PICTURE_TYPES.join()}
            onChange={(event) => {
              const file = event.target.files?.[0];
              // The same file can be chosen once more.
              event.target.value = '';
              if (file !== undefined) void choose(file);
            }}
          />
        </>
      )}
    </div>
  );
}

function Kicker({ playlist }: { readonly playlist: PlaylistHead }): ReactNode {
  const t = useTexts('playlists');
  const memberName = useMemberName();
  const { role, rules, members } = playlist;
  const owner = members.find((member) => member.role === 'owner');
  const isShared = members.length > 1;
  const own = rules !== null ? 'kind.smart' : isShared ? 'kind.shared' : 'kind.own';
  const others =
    owner === undefined || owner.name === null
      ? t('kind.someones')
      : t('kind.others', { name: memberName(owner.userId, members) });
  const words = role === 'visitor' ? others : t(own);
  return <p className={styles.kicker}>{words}</p>;
}

function Name({ playlist, canEdit }: PartProps): ReactNode {
  const t = useTexts('playlists');
  const isEditing = useEditing(playlist.id) === 'name';
  if (isEditing) {
    return (
      <div className={styles.title}>
        <EditableWords
          label={t('edit.name')}
          value={playlist.name}
          look="title"
          mostLetters={MOST_NAME_LETTERS}
          mayBeEmpty={false}
          onDone={(name) => {
            editStore.setState({ edited: null });
            if (name !== null) void renamePlaylist(playlist.id, name);
          }}
        />
      </div>
    );
  }
  return (
    <div className={styles.title}>
      <div
        className={classNames(canEdit && styles.titleKey)}
        // The menu has the same for the keyboard; a title stays a heading, and no button.
        onDoubleClick={() => canEdit && editStore.setState({ edited: { id: playlist.id, part: 'name' } })}
      >
        <SleeveTitle text={playlist.name} size="l" />
      </div>
    </div>
  );
}

function Description({ playlist, canEdit }: PartProps): ReactNode {
  const t = useTexts('playlists');
  const isEditing = useEditing(playlist.id) === 'description';
  const [hadFocus, setHadFocus] = useState(false);
  if (isEditing) {
    return (
      <div className={styles.description}>
        <EditableWords
          label={t('edit.description')}
          value={playlist.description}
          look="words"
          mostLetters={MOST_DESCRIPTION_LETTERS}
          mayBeEmpty
          onDone={(description) => {
            setHadFocus(true);
            editStore.setState({ edited: null });
            if (description !== null) void describePlaylist(playlist.id, description);
          }}
        />
      </div>
    );
  }
  if (!canEdit) {
    return playlist.description === '' ? null : <p className={styles.description}>{playlist.description}</p>;
  }
  return (
    <p className={styles.description}>
      <button
        type="button"
        // Back to where the keyboard was.
        ref={(element) => {
          if (hadFocus && element !== null) {
            setHadFocus(false);
            element.focus();
          }
        }}
        className={classNames(styles.descriptionKey, playlist.description === '' && styles.addDescription)}
        title={t('edit.editDescription')}
        onClick={() => editStore.setState({ edited: { id: playlist.id, part: 'description' } })}
      >
        {playlist.description === '' ? t('edit.describe') : playlist.description}
      </button>
    </p>
  );
}

function Facts({ playlist }: { readonly playlist: PlaylistHead }): ReactNode {
  const t = useTexts('playlists');
  const memberName = useMemberName();
  const { itemCount, durationMs, members, visibility, role } = playlist;
  const names = members.map(({ userId }) => memberName(userId, members));
  const count = t('facts.tracks', { count: itemCount, formatted: formatCount(itemCount) });
  return (
    <p className={styles.facts}>
      {itemCount === 0 ? count : `${count}, ${formatLongDuration(durationMs)}`}
      {visibility === 'public' ? (
        <span className={styles.public}>
          <Globe size={14} aria-hidden />
          {t('facts.public')}
        </span>
      ) : (
        role === 'visitor' && (
          <span className={styles.public}>
            <Link2 size={14} aria-hidden />
            {t('facts.byLink')}
          </span>
        )
      )}
      {members.length > 1 && (
        <span className={styles.people}>
          {members.slice(0, MOST_MARKS).map(({ userId }, at) => (
            <MemberMark key={userId} name={names[at] ?? ''} />
          ))}
        </span>
      )}
    </p>
  );
}
