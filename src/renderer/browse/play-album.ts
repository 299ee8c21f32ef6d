import type { Track } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { queryClient } from '../host/queries.ts';
import { i18n } from '../i18n/i18n.ts';
import { player } from '../playback/player.ts';
import { showToast } from '../ui/toast.ts';
import { albumTracks } from './album-facts.ts';
import { albumQuery, artistQuery, artistTracksQuery, genreTracksQuery } from './catalog-queries.ts';

interface Playable {
  readonly tracks: readonly Track[];
  readonly origin: Origin;
}

/** Each new wish to play from a shelf makes the older ones void: the last key pressed wins. */
let latestWish = 0;

const playWhenThere = async (ask: () => Promise<Playable>, shuffled: boolean): Promise<void> => {
  latestWish += 1;
  const wish = latestWish;
  try {
    const { tracks, origin } = await ask();
    if (wish !== latestWish || tracks.length === 0) return;
    if (shuffled) player.playShuffled(tracks, origin);
    else player.play(tracks, 0, origin);
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    if (wish === latestWish) {
      showToast({ tone: 'failed', text: i18n.t('states.notPlayedThis', { ns: 'browse' }) });
    }
  }
};

/** Plays a record from the top without opening its page. */
export const playAlbum = (id: string): Promise<void> =>
  playWhenThere(async () => {
    const album = await queryClient.fetchQuery(albumQuery(id));
    return { tracks: albumTracks(album), origin: { kind: 'album', id, title: album.title } };
  }, false);

/** For those who only put records together, such as "Various Artists": what is on these. */
const tracksOfRecords = async (artistId: string): Promise<readonly Track[]> => {
  const { albums } = await queryClient.fetchQuery(artistQuery(artistId));
  const records = await Promise.all(albums.map(({ id }) => queryClient.fetchQuery(albumQuery(id))));
  return records.flatMap(albumTracks);
};

/** Plays an artist's tracks, most played first. */
export const playArtist = (id: string, name: string, shuffled: boolean): Promise<void> =>
  playWhenThere(async () => {
    const page = await queryClient.fetchQuery(artistTracksQuery(id));
    const tracks = page.items.length > 0 ? page.items : await tracksOfRecords(id);
    return { tracks, origin: { kind: 'artist', id, title: name } };
  }, shuffled);

/** Plays a genre's tracks, most played first. */
export const playGenre = (id: string, name: string, shuffled: boolean): Promise<void> =>
  playWhenThere(async () => {
    const page = await queryClient.fetchQuery(genreTracksQuery(id));
    return { tracks: page.items, origin: { kind: 'genre', id, title: name } };
  }, shuffled);
