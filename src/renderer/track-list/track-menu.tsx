import {
  CornerDownLeft,
  Copy,
  Disc3,
  Heart,
  HeartOff,
  ListEnd,
  ListPlus,
  Play,
  UserRound,
} from 'lucide-react';
import type { Track } from '../../contract/catalog-http.ts';
import type { Downloads } from '../../contract/offline.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { formatCount } from '../i18n/format.ts';
import { openAddToPlaylist } from '../library/add-to-playlist-store.ts';
import { setSaved, toggleSaved } from '../library/save-actions.ts';
import { savedNow } from '../library/saved-marks.ts';
import { keepTrackEntry } from '../offline/keep-entries.ts';
import { namesOf, shareEntry } from '../share/share-entry.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { actOn, chosenOf, type Chosen } from './chosen.ts';
import { addTracksToQueue, copyTitle, playTracksNext } from './track-actions.ts';
import { albumPath, artistPath } from '../browse/paths.ts';

type TrackListTexts = ReturnType<typeof useTexts<'trackList'>>;

type LibraryTexts = ReturnType<typeof useTexts<'library'>>;

export interface TrackMenuParts {
  readonly t: TrackListTexts;
  readonly libraryTexts: LibraryTexts;
  readonly offlineTexts: ReturnType<typeof useTexts<'offline'>>;
  readonly downloads: Downloads;
  readonly onPlay: () => void;
  readonly navigate: (path: string) => void;
}

/** "Play next" and "Add to queue", which go for one track, a selection and a whole record alike. */
export const queueEntries = (t: TrackListTexts, tracks: readonly Track[]): readonly MenuEntry[] =>
  chosenQueueEntries(t, chosenOf(tracks));

const chosenQueueEntries = (t: TrackListTexts, chosen: Chosen): readonly MenuEntry[] => [
  {
    kind: 'item',
    label: t('menu.playNext'),
    icon: CornerDownLeft,
    onSelect: () => actOn(chosen, playTracksNext),
  },
  {
    kind: 'item',
    label: t('menu.addToQueue'),
    icon: ListEnd,
    onSelect: () => actOn(chosen, addTracksToQueue),
  },
];

const likeEntry = (t: LibraryTexts, chosen: Chosen): MenuEntry => {
  const [track] = chosen.tracks;
  if (track !== undefined && chosen.count === 1) {
    const isSaved = savedNow('track', track.id) === true;
    return {
      kind: 'item',
      label: t(isSaved ? 'menu.unlike' : 'menu.like'),
      icon: isSaved ? HeartOff : Heart,
      onSelect: () => void toggleSaved('track', track),
    };
  }
  return {
    kind: 'item',
    label: t('menu.likeMany', { formatted: formatCount(chosen.count) }),
    icon: Heart,
    onSelect: () => actOn(chosen, (tracks) => void setSaved('track', tracks, true)),
  };
};

/** "Like" and "Add to playlist", which go for one track, a selection and a whole record alike. */
export const libraryEntries = (t: LibraryTexts, chosen: Chosen): readonly MenuEntry[] => [
  likeEntry(t, chosen),
  {
    kind: 'item',
    label: t('menu.addToPlaylist'),
    icon: ListPlus,
    onSelect: () => actOn(chosen, openAddToPlaylist),
  },
];

/** What can be done with one track, or with the several that are chosen. */
export const trackMenu = (
  chosen: Chosen,
  { t, libraryTexts, offlineTexts, downloads, onPlay, navigate }: TrackMenuParts,
): readonly MenuEntry[] => {
  const [track] = chosen.tracks;
  if (track === undefined || chosen.count > 1) {
    if (chosen.count === 0) return [];
    return [...chosenQueueEntries(t, chosen), { kind: 'separator' }, ...libraryEntries(libraryTexts, chosen)];
  }
  return [
    { kind: 'item', label: t('menu.play'), icon: Play, onSelect: onPlay },
    ...chosenQueueEntries(t, chosen),
    { kind: 'separator' },
    ...libraryEntries(libraryTexts, chosen),
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
    shareEntry({
      kind: 'track',
      id: track.id,
      title: track.title,
      people: namesOf(track.artists),
      artwork: track.artwork,
    }),
    { kind: 'item', label: t('menu.copyTitle'), icon: Copy, onSelect: () => copyTitle(track.title) },
  ];
};
