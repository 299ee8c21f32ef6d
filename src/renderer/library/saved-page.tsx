import { useDeferredValue, useState, type ReactNode } from 'react';
import { FailureMessage } from '../browse/page-states.tsx';
import { GridSkeleton } from '../browse/skeletons.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import type { ListPage, SavedItem, SavedRequest, SavedSort } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import styles from './library.module.css';
import { LibraryItems } from './library-items.tsx';
import { useLibrary } from './library-store.ts';
import { LibraryToolbar } from './library-toolbar.tsx';
import { changeViews, useLibraryViews } from './library-views.ts';
import { WaitingItem } from './item-row.tsx';
import { useSparseList } from './use-sparse-list.ts';

export interface SavedPageProps<Item> {
  readonly place: 'albums' | 'artists';
  readonly sorts: readonly SavedSort[];
  readonly fetchPage: (request: SavedRequest) => Promise<ListPage<SavedItem<Item>>>;
  readonly renderCard: (entry: SavedItem<Item>) => ReactNode;
  readonly renderRow: (entry: SavedItem<Item>) => ReactNode;
  /** The whole page, when nothing is saved yet. */
  readonly empty: ReactNode;
}

const KINDS = { albums: 'album', artists: 'artist' } as const;
const FIRST_CARDS = 21;

/** Liked albums, or followed artists: found, sorted, as covers or as a list. */
export function SavedPage<Item>(props: SavedPageProps<Item>): ReactNode {
  const t = useTexts('library');
  const { place } = props;
  usePageTitle(t(`places.${place}`));
  usePageArtwork(null);
  const view = useLibraryViews((views) => views[place]);
  const { sort, descending, as } = view;
  const saved = useLibrary(({ counts }) => counts[KINDS[place]]);
  const [filter, setFilter] = useState('');
  const asked = useDeferredValue(filter.trim());
  const list = useSparseList([place, sort, descending, asked], (page) =>
    props.fetchPage({ sort, descending, filter: asked, ...page }),
  );
  const { items } = list;
  const total = items?.length ?? saved;

  if (items === null && list.error !== null) {
    return <FailureMessage failure={list.error} onRetry={list.refetch} />;
  }
  if (items?.length === 0 && asked === '' && !list.isOld) return props.empty;
  const count = { count: total, formatted: formatCount(total) };
  return (
    <div>
      <header className={styles.head}>
        <SleeveTitle text={t(`places.${place}`)} size="l" />
        <div className={styles.headLine}>
          <p className={styles.count}>{t(asked === '' ? `counts.${place}` : 'counts.found', count)}</p>
          <LibraryToolbar
            sort={sort}
            sorts={props.sorts.map((value) => ({
              value,
              label: t(place === 'artists' && value === 'title' ? 'sorts.name' : `sorts.${value}`),
            }))}
            descending={descending}
            onSort={(nextSort, nextDescending) =>
              changeViews({ [place]: { ...view, sort: nextSort, descending: nextDescending } })
            }
            as={as}
            onAs={(next) => changeViews({ [place]: { ...view, as: next } })}
            filter={filter}
            onFilter={setFilter}
            found={asked === '' ? null : t('counts.found', count)}
          />
        </div>
      </header>
      {items === null && (
        <section aria-label={t('page.loading')} aria-busy>
          <GridSkeleton cards={FIRST_CARDS} />
        </section>
      )}
      {items !== null && items.length > 0 && (
        <div className={list.isOld ? styles.old : undefined}>
          <LibraryItems
            items={items}
            as={as}
            label={t(`places.${place}`)}
            idOf={({ id }) => id}
            renderCard={props.renderCard}
            renderRow={props.renderRow}
            waiting={<WaitingItem as={as} />}
            onShow={list.show}
          />
        </div>
      )}
      {items?.length === 0 && asked !== '' && (
        <p className={styles.nothing}>{t('page.nothing', { query: asked })}</p>
      )}
    </div>
  );
}
