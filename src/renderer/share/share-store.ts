import { create } from 'zustand';
import type { Artwork } from '../../contract/catalog-http.ts';
import { clockStore, playbackStore } from '../playback/playback-store.ts';

/** What is to be shared. */
export interface Shareable {
  readonly kind: 'track' | 'album' | 'artist' | 'playlist';
  readonly id: string;
  readonly title: string;
  /** By whom, for the line that goes with the link; empty where there is nobody to name. */
  readonly people?: string;
  readonly artwork?: Artwork | null;
}

interface Sharing {
  /** Null: the dialog is closed. */
  readonly what: Shareable | null;
  /** Of the track that plays: where it was when the dialog was opened. Null for everything else. */
  readonly playedMs: number | null;
}

/** What the one share dialog is about. */
export const useShare = create<Sharing>(() => ({ what: null, playedMs: null }));

const playedMsOf = ({ kind, id }: Shareable): number | null => {
  const current = playbackStore.getState().queue.current?.track ?? null;
  if (kind !== 'track' || current?.id !== id) return null;
  const { positionMs } = clockStore.getState();
  return positionMs >= 1000 ? positionMs : null;
};

/** Opens the share dialog. */
export const openShare = (what: Shareable): void => useShare.setState({ what, playedMs: playedMsOf(what) });

export const closeShare = (): void => useShare.setState({ what: null, playedMs: null });
