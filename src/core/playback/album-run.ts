/** What must be known of a track to tell whether it comes right behind another on its album. */
export interface AlbumPlace {
  readonly album: { readonly id: string };
  readonly discNumber: number;
  readonly trackNumber: number | null;
}

/**
 * Whether `following` comes right behind `track` on one album: the two may run together, and belong at one gain. The first
 * track of a disc comes behind any track of the disc before it.
 */
export const runsOn = (track: AlbumPlace, following: AlbumPlace): boolean => {
  if (track.album.id !== following.album.id) return false;
  if (track.trackNumber === null || following.trackNumber === null) return false;
  return track.discNumber === following.discNumber
    ? following.trackNumber === track.trackNumber + 1
    : following.discNumber === track.discNumber + 1 && following.trackNumber === 1;
};
