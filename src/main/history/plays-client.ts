/** The service's side of what was played. Everything rejects with a `HostFailure`. */
import { catalogPaths, trackPageSchema, type Track } from '../../contract/catalog-http.ts';
import {
  libraryPaths,
  playDaysSchema,
  playsOfDaysSchema,
  type Play,
  type PlayDays,
  type PlayRemoved,
  type PlaysOfDays,
} from '../../contract/library-http.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';

export interface PlaysClient {
  send(device: string, plays: readonly Play[]): Promise<void>;
  remove(plays: readonly PlayRemoved[]): Promise<void>;
  removeBefore(beforeMs: number): Promise<void>;
  days(): Promise<PlayDays>;
  /** The first of these, at least one. */
  ofDays(days: readonly string[]): Promise<PlaysOfDays>;
  /** Those of them that the catalog has; at most `MOST_TRACKS_ASKED`. */
  tracks(ids: readonly string[]): Promise<readonly Track[]>;
}

export const MOST_TRACKS_ASKED = 200;

export const createPlaysClient = ({
  get,
  post,
  remove,
}: Pick<ServiceRequests, 'get' | 'post' | 'remove'>): PlaysClient => ({
  send: async (device, plays) => void (await post(libraryPaths.plays, { device, plays }, null)),
  remove: async (plays) => void (await post(libraryPaths.playsRemovals, { plays }, null)),
  removeBefore: (beforeMs) => remove(libraryPaths.plays, { before: new Date(beforeMs).toISOString() }),
  days: () => get(libraryPaths.playDays, playDaysSchema),
  ofDays: (days) => get(`${libraryPaths.playsOfDays}?days=${days.join(',')}`, playsOfDaysSchema),
  tracks: async (ids) => (await get(`${catalogPaths.tracks}?ids=${ids.join(',')}`, trackPageSchema)).items,
});
