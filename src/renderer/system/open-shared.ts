import type { PlaylistHead } from '../../contract/library.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { DeepLink } from '../../core/links/deep-link.ts';
import { readPlaylistShare } from '../../core/share/share-link.ts';
import { playlistPath } from '../library/library-paths.ts';

export interface OpenSharedPorts {
  readonly playlist: (id: string) => Promise<PlaylistHead>;
  readonly navigate: (path: string) => void;
  /** The playlist is private, and the listener no member of it; or it is gone. */
  readonly notTheirs: () => void;
}

/** Opens the page of a playlist that somebody shared, where the listener may see it in the app too. */
export const openShared = async (
  { id }: Extract<DeepLink, { kind: 'share' }>,
  ports: OpenSharedPorts,
): Promise<void> => {
  const share = readPlaylistShare(id);
  if (share === null) return ports.notTheirs();
  try {
    await ports.playlist(share.playlistId);
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    // Of everything else that fails the page tells, and asks again.
    if (error.code === 'not_found') return ports.notTheirs();
  }
  return ports.navigate(playlistPath(share.playlistId));
};
