import { CornerDownLeft, Copy, Disc3, ListEnd, Play, UserRound } from 'lucide-react';
import type { Track } from '../../contract/catalog-http.ts';
import type { Downloads } from '../../contract/offline.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { keepTrackEntry } from '../offline/keep-entries.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { addTracksToQueue, copyTitle, playTracksNext } from './track-actions.ts';
import { albumPath, artistPath } from '../browse/paths.ts';

type TrackListTexts = ReturnType<typeof useTexts<'trackList'>>;

export interface TrackMenuParts {
  readonly t: TrackListTexts;
  readonly offlineTexts: ReturnType<typeof useTexts<'offline'>>;
  readonly downloads: Downloads;
  readonly onPlay: () => void;
  readonly navigate: (path: string) => void;
}

/** "Play next" and "Add to queue", which go for one track, a selection and a whole record alike. */
export const queueEntries = (t: TrackListTexts, tracks: readonly Track[]): readonly MenuEntry[] => [
  {
    kind: 'item',
    label: t('menu.playNext'),
    icon: CornerDownLeft,
    onSelect: () => playTracksNext(tracks),
  },
  { kind: 'item', label: t('menu.addToQueue'), icon: ListEnd, onSelect: () => addTracksToQueue(tracks) },
];

/** What can be done with one track, or with the several that are chosen. */
export const trackMenu = (
  tracks: readonly Track[],
  { t, offlineTexts, downloads, onPlay, navigate }: TrackMenuParts,
): readonly MenuEntry[] => {
  const [track] = tracks;
  if (track === undefined) return [];
  if (tracks.length > 1) return queueEntries(t, tracks);
  return [
    { kind: 'item', label: t('menu.play'), icon: Play, onSelect: onPlay },
    ...queueEntries(t, tracks),
    { kind: 'separator' },
    keepTrackEntry(offlineTexts, track, downloads),
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('menu.goToAlbum'),
      icon: Disc3,
      onSelect: () => navigate(albumPath(track.album.id)),
    },
    ...track.artists.map((artist): MenuEntry => ({
      kind: 'item',
      label: t('menu.goToArtist', { name: artist.name }),
      icon: UserRound,
      onSelect: () => navigate(artistPath(artist.id)),
    })),
    { kind: 'separator' },
    { kind: 'item', label: t('menu.copyTitle'), icon: Copy, onSelect: () => copyTitle(track.title) },
  ];
};
