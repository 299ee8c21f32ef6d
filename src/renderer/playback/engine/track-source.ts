import type { OpenTrack } from './open-track.ts';
import { openTrackBytes, type TrackBytes } from './track-bytes.ts';

/** A track that was asked for: its bytes, and what a decoder makes of them. One for each time it plays. */
export interface TrackSource {
  readonly address: string;
  readonly bytes: TrackBytes;
  readonly track: Promise<OpenTrack>;
  dispose(): void;
}

/** What demuxes and decodes is large, and not needed before the window stands. */
const decoding = () => import('./open-track.ts');

/** So that the first track need not wait for it. */
export const warmUp = async (): Promise<void> => {
  await decoding();
};

export const openTrackSource = (address: string, onProgress: () => void): TrackSource => {
  const bytes = openTrackBytes({ address, fetch: (...request) => fetch(...request), onProgress });
  const track = decoding().then(({ openTrack }) => openTrack(bytes));
  const opened = track.catch(() => null);
  return {
    address,
    bytes,
    track,
    dispose: () => {
      bytes.dispose();
      void opened.then((track) => track?.dispose());
    },
  };
};
