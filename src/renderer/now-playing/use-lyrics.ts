import { useQuery } from '@tanstack/react-query';
import type { Lyrics, Track } from '../../contract/catalog-http.ts';
import { trackDetailsQuery } from '../playback/use-peaks.ts';
import { isSynced } from './lyric-lines.ts';

export type TrackLyrics =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none' }
  /** They may exist, but could not be had. */
  | { readonly kind: 'failed'; readonly again: () => void }
  | { readonly kind: 'plain' | 'synced'; readonly lyrics: Lyrics };

/** The lyrics of a track, from where its waveform comes from as well. */
export function useLyrics(track: Track): TrackLyrics {
  const { data, isPending, refetch } = useQuery(trackDetailsQuery(track.id));
  if (!track.hasLyrics) return { kind: 'none' };
  if (data === undefined) {
    return isPending ? { kind: 'loading' } : { kind: 'failed', again: () => void refetch() };
  }
  if (data.lyrics === null) return { kind: 'none' };
  return { kind: isSynced(data.lyrics.lines) ? 'synced' : 'plain', lyrics: data.lyrics };
}
