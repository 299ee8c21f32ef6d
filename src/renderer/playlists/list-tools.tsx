import { ArrowDownNarrowWide, ArrowUpNarrowWide, Search, X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { PLAYLIST_SORTS } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useAction } from '../shortcuts/registry.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import styles from './playlist-page.module.css';
import type { ListView } from './playlist-queries.ts';

/** The longest that the contract takes. */
const MOST_FILTER_LETTERS = 200;

export interface ListToolsProps {
  readonly view: ListView;
  readonly isSmart: boolean;
  /** How many were found; null: nothing is looked for, or it is not known yet. */
  readonly found: number | null;
  readonly onChange: (view: ListView) => void;
}

/** How the list is looked at: sorted, and what is found in it. None of this changes the playlist. */
export function ListTools({ view, isSmart, found, onChange }: ListToolsProps): ReactNode {
  const t = useTexts('playlists');
  const input = useRef<HTMLInputElement>(null);
  useAction('page.find', () => {
    input.current?.focus();
    input.current?.select();
  });
  const setFilter = (filter: string): void =>
    onChange({ ...view, filter: filter.slice(0, MOST_FILTER_LETTERS) });
  return (
    <div className={styles.listTools}>
      <Select
        label={t('list.sort')}
        labelHidden
        value={view.sort}
        options={PLAYLIST_SORTS.map((sort) => ({
          value: sort,
          label: sort === 'own' && isSmart ? t('list.smartOrder') : t(`list.sorts.${sort}`),
        }))}
        // Newest first is what one sorts by date for; everything else begins at its beginning.
        onChange={(sort) => onChange({ ...view, sort, descending: sort === 'added' })}
      />
      <IconButton
        icon={view.descending ? ArrowUpNarrowWide : ArrowDownNarrowWide}
        label={t(view.descending ? 'list.descending' : 'list.ascending')}
        onClick={() => onChange({ ...view, descending: !view.descending })}
      />
      <search className={styles.find}>
        <TextInput
          type="search"
          label={t('list.find')}
          placeholder={t('list.find')}
          icon={Search}
          value={view.filter}
          inputRef={input}
          onChange={setFilter}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && view.filter !== '') {
              event.preventDefault();
              setFilter('');
            } else if (event.key === 'ArrowDown') {
              event.preventDefault();
              document.querySelector<HTMLElement>('main [role="grid"] [role="row"][tabindex="0"]')?.focus();
            }
          }}
          trailing={
            view.filter !== '' && (
              <IconButton
                size="small"
                icon={X}
                label={t('list.findClose')}
                shortcut="Escape"
                onClick={() => setFilter('')}
              />
            )
          }
        />
      </search>
      <output className={styles.hidden}>
        {found !== null && t('list.found', { count: found, formatted: formatCount(found) })}
      </output>
    </div>
  );
}
