import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import { CoverGrid } from '../ui/shelf.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import artistStyles from './artist-page.module.css';
import heroStyles from './hero.module.css';
import styles from './page.module.css';

const many = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
/** Lines of text are never all of one length. */
const WIDTHS = ['46%', '30%', '41%', '57%', '36%', '50%'] as const;

const CardSkeleton = ({ index }: { readonly index: number }): ReactNode => (
  <div>
    <div style={{ aspectRatio: 1 }}>
      <Skeleton height="100%" radius="var(--radius-art)" />
    </div>
    <div style={{ paddingTop: 14 }}>
      <Skeleton height={12} width={index % 2 === 0 ? '80%' : '64%'} />
    </div>
    <div style={{ paddingTop: 8 }}>
      <Skeleton height={12} width="52%" />
    </div>
  </div>
);

export function GridSkeleton({ cards }: { readonly cards: number }): ReactNode {
  return (
    <CoverGrid>
      {many(cards).map((index) => (
        <CardSkeleton key={index} index={index} />
      ))}
    </CoverGrid>
  );
}

export function RowsSkeleton({ rows }: { readonly rows: number }): ReactNode {
  return many(rows).map((index) => (
    <div
      key={index}
      style={{
        display: 'grid',
        height: 'var(--row)',
        alignItems: 'center',
        gridTemplateColumns: '24px 1fr 40px',
        columnGap: 12,
      }}
    >
      <Skeleton height={12} width={14} />
      <Skeleton height={12} width={WIDTHS[index % WIDTHS.length] ?? '40%'} />
      <Skeleton height={12} />
    </div>
  ));
}

export function HeroSkeleton({ variant }: { readonly variant: 'home' | 'album' }): ReactNode {
  return (
    <div className={heroStyles[variant]}>
      <div className={heroStyles.cover}>
        <Skeleton height="100%" radius="var(--radius-art)" />
      </div>
      <div className={heroStyles.words}>
        <Skeleton height={14} width={72} />
        <div className={heroStyles.title}>
          <Skeleton height="clamp(4rem, 7vw, 11rem)" width="58%" radius="var(--radius-row)" />
        </div>
        <Skeleton height={18} width={180} />
      </div>
    </div>
  );
}

export function HomeSkeleton(): ReactNode {
  return (
    <div className={styles.stack}>
      <HeroSkeleton variant="home" />
      <div>
        <div style={{ paddingBottom: 18 }}>
          <Skeleton height={20} width={120} />
        </div>
        <GridSkeleton cards={7} />
      </div>
    </div>
  );
}

export function AlbumSkeleton(): ReactNode {
  return (
    <div>
      <HeroSkeleton variant="album" />
      <div className={styles.actions} style={{ paddingBlock: 22 }}>
        <Skeleton height={36} width={94} radius="var(--radius-control)" />
        <Skeleton height={36} width={108} radius="var(--radius-control)" />
      </div>
      <RowsSkeleton rows={9} />
    </div>
  );
}

export function ArtistSkeleton(): ReactNode {
  return (
    <>
      <div className={artistStyles.skeleton}>
        <Skeleton height={304} radius={0} />
      </div>
      <div>
        <div className={classNames(styles.actions, artistStyles.actions)}>
          <Skeleton height={36} width={94} radius="var(--radius-control)" />
          <Skeleton height={36} width={108} radius="var(--radius-control)" />
        </div>
        <div className={classNames(styles.columns, styles.even)}>
          <div>
            <RowsSkeleton rows={6} />
          </div>
          <div>
            <RowsSkeleton rows={6} />
          </div>
        </div>
      </div>
    </>
  );
}

export function IndexSkeleton(): ReactNode {
  return (
    <div>
      <div className={styles.head}>
        <Skeleton height={66} width={280} />
      </div>
      <GridSkeleton cards={21} />
    </div>
  );
}
