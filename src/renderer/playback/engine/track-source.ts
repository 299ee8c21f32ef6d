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

/** What a browser is asked about before it decodes; to be asked once takes it the longest. */
const USUAL_CONFIGS = [
  { codec: 'mp3', sampleRate: 44_100, numberOfChannels: 2 },
  { codec: 'mp4a.40.2', sampleRate: 44_100, numberOfChannels: 2 },
] as const satisfies readonly AudioDecoderConfig[];

/** So that the first track need not wait for what decodes it. Opens no device and asks for no music. */
export const warmUp = async (): Promise<void> => {
  await Promise.all([decoding(), ...USUAL_CONFIGS.map((config) => AudioDecoder.isConfigSupported(config))]);
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
