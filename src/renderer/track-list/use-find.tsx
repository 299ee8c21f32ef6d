import { Search, X } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { Track } from '../../contract/catalog-http.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useAction } from '../shortcuts/registry.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import textStyles from '../ui/text.module.css';
import { findableTracks } from './find-tracks.ts';
import styles from './use-find.module.css';

/** Rows; a longer list has the field from the start, a shorter one gets it with the key. */
const LONG_LIST = 40;

export interface Find {
  /** What the list shows. */
  readonly tracks: readonly Track[];
  /** Only some of the tracks are shown. */
  readonly isNarrowed: boolean;
  /** Changes with what is looked for. */
  readonly scope: string;
  /** Where the page has room for it, such as beside its buttons; null while there is none. */
  readonly field: ReactNode;
  /** In place of the list when nothing is left of it. */
  readonly nothing: ReactNode;
}

/** "Find in this page" for a page with one list of tracks: a field that narrows the list as one types. */
export function useFind(all: readonly Track[]): Find {
  const t = useTexts('trackList');
  const isLong = all.length > LONG_LIST;
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);

  useAction('page.find', () => {
    // The field may only now appear; it has to be there before it can take the focus.
    flushSync(() => setOpen(true));
    input.current?.focus();
    input.current?.select();
  });

  const find = useMemo(() => findableTracks(all), [all]);
  // The field never waits for a long list to be drawn.
  const query = useDeferredValue(text);
  const tracks = useMemo(() => find(query), [find, query]);
  const isNarrowed = tracks !== all;

  const close = (): void => {
    setText('');
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') input.current?.blur();
      close();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('main [role="grid"] [role="row"][tabindex="0"]')?.focus();
    }
  };

  const field = (isOpen || isLong) && (
    <search className={styles.field}>
      <TextInput
        type="search"
        label={t('find.label')}
        placeholder={t('find.label')}
        icon={Search}
        value={text}
        inputRef={input}
        onChange={setText}
        onKeyDown={onKeyDown}
        trailing={
          (text !== '' || !isLong) && (
            <IconButton size="small" icon={X} label={t('find.close')} shortcut="Escape" onClick={close} />
          )
        }
      />
      <output className={textStyles.visuallyHidden}>
        {isNarrowed && t('find.found', { count: tracks.length, formatted: formatCount(tracks.length) })}
      </output>
    </search>
  );
  const nothing = isNarrowed && tracks.length === 0 && (
    <p className={styles.nothing}>{t('find.nothing', { query })}</p>
  );
  return { tracks, isNarrowed, scope: query, field, nothing };
}
