import { queryOptions, useQuery } from '@tanstack/react-query';
import { host } from '../host/host-client.ts';

/** Waveform and lyrics of a track never change under its id. */
export const trackDetailsQuery = (trackId: string) =>
  queryOptions({
    queryKey: ['track-details', trackId],
    queryFn: () => host.catalog.trackDetails({ id: trackId }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A track's waveform, 0 to 255; null until it is there, and when there is none. */
export function usePeaks(trackId: string | null): readonly number[] | null {
  const { data } = useQuery({ ...trackDetailsQuery(trackId ?? ''), enabled: trackId !== null });
  return data?.waveform ?? null;
}
