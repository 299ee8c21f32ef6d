/** Calls of the window that tell something by the way: what is shown of the catalog, what is in the queue. */
import type { HostApi } from '../contract/host-api.ts';
import type { PinSource } from '../contract/offline.ts';
import type { Seen } from './offline-index/seen.ts';
import { tracksAround, type PlaybackSession } from './playback-session/playback-session.ts';

/** Whoever keeps an album or artist offline hears that it was shown as the service has it now. */
export const seeingCatalog = (
  catalog: HostApi['catalog'],
  onSource: (source: PinSource) => void,
): HostApi['catalog'] => ({
  ...catalog,
  async album(request) {
    const album = await catalog.album(request);
    if (album.fromComputer !== true) onSource({ kind: 'album', id: album.id });
    return album;
  },
  async artist(request) {
    const artist = await catalog.artist(request);
    if (artist.fromComputer !== true) onSource({ kind: 'artist', id: artist.id });
    return artist;
  },
});

/** The tracks of the queue are known without a network. */
export const seeingPlayback = (
  playback: PlaybackSession,
  see: (seen: Seen) => void,
): HostApi['playback'] => ({
  ...playback,
  async load() {
    const saved = await playback.load();
    if (saved.queue !== null) see(tracksAround(saved.queue));
    return saved;
  },
  async saveQueue(queue) {
    see(tracksAround(queue));
    await playback.saveQueue(queue);
  },
  async saveOrder(order) {
    see(tracksAround(await playback.saveOrder(order)));
  },
});
