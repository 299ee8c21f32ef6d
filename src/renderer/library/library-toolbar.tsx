import { ArrowDownNarrowWide, ArrowUpNarrowWide, LayoutGrid, List, Search, X } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useAction } from '../shortcuts/registry.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Select, type SelectOption } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import styles from './library.module.css';

export interface LibraryToolbarProps<Sort extends string> {
  readonly sort: Sort;
  readonly sorts: readonly SelectOption<Sort>[];
  readonly descending: boolean;
  readonly onSort: (sort: Sort, descending: boolean) => void;
  /** Left out where there is only one way to look at it. */
  readonly as?: 'grid' | 'list';
  readonly onAs?: (as: 'grid' | 'list') => void;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** Read out when the filter has found something. */
  readonly found: string | null;
}

/** What orders and narrows a part of the library: find, sort and its direction, covers or a list. */
export function LibraryToolbar<Sort extends string>(props: LibraryToolbarProps<Sort>): ReactNode {
  const t = useTexts('library');
  const input = useRef<HTMLInputElement>(null);
  const { filter, onFilter, as, onAs, descending, sort } = props;
  useAction('page.find', () => {
    input.current?.focus();
    input.current?.select();
  });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (filter === '') input.current?.blur();
      else onFilter('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document
        .querySelector<HTMLElement>('main [role="grid"] [role="row"][tabindex="0"], main [data-at] a')
        ?.focus();
    }
  };
  return (
    <div className={styles.toolbar}>
      <search className={styles.find}>
        <TextInput
          type="search"
          label={t('page.find')}
          placeholder={t('page.find')}
          icon={Search}
          value={filter}
          inputRef={input}
          onChange={onFilter}
          onKeyDown={onKeyDown}
          trailing={
            filter !== '' && (
              <IconButton size="small" icon={X} label={t('page.clear')} onClick={() => onFilter('')} />
            )
          }
        />
        <output className={styles.hidden}>{props.found}</output>
      </search>
      <div className={styles.sort}>
        <Select
          label={t('page.sort')}
          labelHidden
          value={sort}
          options={props.sorts}
          onChange={(next) => props.onSort(next, descending)}
        />
        <IconButton
          icon={descending ? ArrowDownNarrowWide : ArrowUpNarrowWide}
          label={t(descending ? 'page.descending' : 'page.ascending')}
          onClick={() => props.onSort(sort, !descending)}
        />
      </div>
      {as !== undefined && onAs !== undefined && (
        <div role="group" aria-label={t('page.view')} className={styles.views}>
          <IconButton
            icon={LayoutGrid}
            label={t('page.grid')}
            pressed={as === 'grid'}
            onClick={() => onAs('grid')}
          />
          <IconButton
            icon={List}
            label={t('page.list')}
            pressed={as === 'list'}
            onClick={() => onAs('list')}
          />
        </div>
      )}
    </div>
  );
}
