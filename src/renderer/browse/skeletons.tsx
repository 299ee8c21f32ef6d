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

export function RowsSkeleton({
  rows,
  art = false,
}: {
  readonly rows: number;
  readonly art?: boolean;
}): ReactNode {
  return many(rows).map((index) => (
    <div
      key={index}
      style={{
        display: 'grid',
        height: art ? 'var(--row-with-art)' : 'var(--row)',
        alignItems: 'center',
        gridTemplateColumns: art ? '40px 1fr 40px' : '24px 1fr 40px',
        columnGap: 12,
      }}
    >
      {art ? <Skeleton height={40} radius="var(--radius-art)" /> : <Skeleton height={12} width={14} />}
      <Skeleton height={12} width={WIDTHS[index % WIDTHS.length] ?? '40%'} />
      <Skeleton height={12} />
    </div>
  ));
}

/** As high as a section's heading with the air below it. */
export function HeadingSkeleton(): ReactNode {
  return (
    <div style={{ paddingBlock: '3px 17px' }}>
      <Skeleton height={20} width={120} />
    </div>
  );
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
          <div className={heroStyles.titleSkeleton}>
            <Skeleton height="100%" radius="var(--radius-row)" />
          </div>
        </div>
        <div className={heroStyles.lead}>
          <Skeleton height={18} width={180} />
        </div>
      </div>
    </div>
  );
}

export function HomeSkeleton(): ReactNode {
  return (
    <div className={styles.stack}>
      <HeroSkeleton variant="home" />
      <div>
        <HeadingSkeleton />
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
        <Skeleton height="100%" radius={0} />
      </div>
      <div>
        <div className={classNames(styles.actions, artistStyles.actions)}>
          <Skeleton height={36} width={94} radius="var(--radius-control)" />
          <Skeleton height={36} width={108} radius="var(--radius-control)" />
        </div>
        <div className={classNames(styles.columns, styles.even)}>
          <div>
            <HeadingSkeleton />
            <RowsSkeleton rows={6} />
          </div>
          <div>
            <HeadingSkeleton />
            <RowsSkeleton rows={4} art />
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
