/** What the page "On this computer" asks, and how it stays true while music comes and goes. */
import { infiniteQueryOptions, useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Track } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { player } from '../playback/player.ts';
import { useStatus } from '../status/status-store.ts';
import { showToast } from '../ui/toast.ts';
import { paging } from './catalog-queries.ts';

const ALBUMS_A_PAGE = 100;
const TRACKS_A_PAGE = 200;
const KEY = 'computer';
/** Music comes and goes, so each visit asks; the parts of one visit share an answer. */
const STALE_MS = 2_000;

export const computerAlbumsQuery = () =>
  infiniteQueryOptions({
    queryKey: [KEY, 'albums'],
    staleTime: STALE_MS,
    queryFn: ({ pageParam }) => host.computer.albums({ cursor: pageParam, limit: ALBUMS_A_PAGE }),
    ...paging,
  });

export const computerArtistsQuery = () =>
  infiniteQueryOptions({
    queryKey: [KEY, 'artists'],
    staleTime: STALE_MS,
    queryFn: ({ pageParam }) => host.computer.artists({ cursor: pageParam, limit: ALBUMS_A_PAGE }),
    ...paging,
  });

export const computerTracksQuery = () =>
  infiniteQueryOptions({
    queryKey: [KEY, 'tracks'],
    staleTime: STALE_MS,
    queryFn: ({ pageParam }) => host.computer.tracks({ cursor: pageParam, limit: TRACKS_A_PAGE }),
    ...paging,
  });

/** A queue holds no more (see `contract/playback-session`). */
const MOST_TRACKS = 20_000;

const everyTrackHere = async (): Promise<readonly Track[]> => {
  const tracks: Track[] = [];
  let cursor: string | undefined;
  do {
    // Each page says where the next begins.
    const page = await host.computer.tracks({ cursor, limit: TRACKS_A_PAGE });
    tracks.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && tracks.length < MOST_TRACKS);
  return tracks;
};

/** Plays everything that is on this computer, also what no page has shown yet. */
export const playComputer = async (shuffled: boolean): Promise<void> => {
  const origin = { kind: 'tracks', id: null, title: i18n.t('computer.title', { ns: 'browse' }) } as const;
  try {
    const tracks = await everyTrackHere();
    if (tracks.length === 0) return;
    if (shuffled) player.playShuffled(tracks, origin);
    else player.play(tracks, 0, origin);
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    showToast({ tone: 'failed', text: i18n.t('computer.notPlayed', { ns: 'browse' }) });
  }
};

/**
 * Asks again when the number of tracks that play here has become another one: after the answers that are under way, never
 * instead of them, so that a long list gets done while music keeps coming.
 */
export function useFreshComputer(): void {
  const client = useQueryClient();
  const isFetching = useIsFetching({ queryKey: [KEY] }) > 0;
  const playable = useStatus((status) => status.playable.tracks);
  const askedFor = useRef(playable);
  useEffect(() => {
    if (isFetching || askedFor.current === playable) return;
    askedFor.current = playable;
    void client.invalidateQueries({ queryKey: [KEY] });
  }, [client, isFetching, playable]);
}
