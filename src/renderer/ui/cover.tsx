import { useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './cover.module.css';
import { Mark } from './logo.tsx';

export interface CoverProps {
  readonly src: string | null;
  /** Empty where the title stands beside it anyway. */
  readonly alt: string;
  /** Records are square, people are round. */
  readonly shape?: 'square' | 'round';
  /** Px, or as wide as its place. */
  readonly size?: number | 'fill';
}

type Loading = { readonly src: string | null; readonly state: 'loading' | 'shown' | 'failed' };

/** A picture that fades in over its place; a calm mark where there is none. Its place never changes size. */
export function Cover({ src, alt, shape = 'square', size = 'fill' }: CoverProps) {
  const [loading, setLoading] = useState<Loading>({ src, state: 'loading' });
  const state = loading.src === src ? loading.state : 'loading';
  const absent = src === null || state === 'failed';
  return (
    <span
      className={classNames(styles.cover, shape === 'round' && styles.round)}
      style={size === 'fill' ? undefined : { width: size, height: size }}
      {...(absent && alt !== '' ? { role: 'img', 'aria-label': alt } : {})}
    >
      {absent ? (
        <Mark className={styles.mark ?? ''} />
      ) : (
        <img
          key={src}
          ref={(image) => {
            if (image?.complete === true && image.naturalWidth > 0 && state === 'loading') {
              setLoading({ src, state: 'shown' });
            }
          }}
          src={src}
          alt={alt}
          draggable={false}
          decoding="async"
          className={classNames(styles.image, state === 'shown' && styles.shown)}
          onLoad={() => setLoading({ src, state: 'shown' })}
          onError={() => setLoading({ src, state: 'failed' })}
        />
      )}
    </span>
  );
}
