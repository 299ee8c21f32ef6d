import type { ReactNode } from 'react';
import type { PlaylistHead } from '../../contract/library.ts';
import { coverUrl } from '../host/media-address.ts';
import { Cover } from '../ui/cover.tsx';
import styles from './playlist-cover.module.css';

/** The covers of the first four albums, or the one picture there is. */
export function PlaylistCover({
  playlist,
  px,
}: {
  readonly playlist: Pick<PlaylistHead, 'artwork' | 'picture'>;
  /** How wide it is shown. */
  readonly px: number;
}): ReactNode {
  const { artwork, picture } = playlist;
  if (picture.kind === 'own' || artwork.length < 4) {
    return <Cover src={coverUrl(artwork[0] ?? null, px)} alt="" />;
  }
  return (
    <span className={styles.mosaic}>
      {artwork.slice(0, 4).map((each) => (
        <Cover key={each.id} src={coverUrl(each, px / 2)} alt="" />
      ))}
    </span>
  );
}
