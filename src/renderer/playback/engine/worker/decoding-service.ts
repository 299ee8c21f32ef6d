import { assertNever } from '../../../../core/playback/assert-never.ts';
import { openTrack, type OpenTrack } from '../open-track.ts';
import { createSeekPoints } from '../seek-points/seek-points.ts';
import { openTrackBytes, type TrackBytes } from '../track-bytes.ts';
import type { FromDecoder, ToDecoder } from './messages.ts';
import { startSpeech, type Speech } from './speech.ts';

/** How often the window hears that bytes came: often enough to tell slow from stalled. */
const PROGRESS_EVERY_MS = 150;

interface Source {
  readonly bytes: TrackBytes;
  readonly track: Promise<OpenTrack>;
}

/** Fetches and decodes what the other end of the port asks for, and makes it fit for its device. */
export const serveDecoding = (options: {
  readonly port: Pick<MessagePort, 'postMessage' | 'addEventListener' | 'start'>;
  readonly fetch: typeof fetch;
  readonly nowMs: () => number;
}): void => {
  const { port, nowMs } = options;
  const sources = new Map<number, Source>();
  const speeches = new Map<number, Speech>();

  const tell = (message: FromDecoder, transfer: readonly ArrayBufferLike[] = []): void =>
    port.postMessage(
      message,
      transfer.filter((buffer) => buffer instanceof ArrayBuffer),
    );

  const open = (id: number, address: string): void => {
    let toldAt = Number.NEGATIVE_INFINITY;
    let toldWhole = false;
    const onProgress = (): void => {
      const isWhole = bytes.isWhole();
      if (isWhole === toldWhole && nowMs() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = nowMs();
      toldWhole = isWhole;
      tell({ kind: 'progress', source: id, progress: { ...bytes.buffered(), isWhole } });
    };
    const bytes = openTrackBytes({ address, fetch: options.fetch, onProgress });
    const track = openTrack(bytes, createSeekPoints(address, options.fetch));
    // Whoever speaks hears of it; before that nobody need.
    track.catch(() => undefined);
    sources.set(id, { bytes, track });
  };

  const close = (id: number): void => {
    const source = sources.get(id);
    sources.delete(id);
    if (source === undefined) return;
    source.bytes.dispose();
    source.track.then(
      (track) => track.dispose(),
      () => undefined,
    );
  };

  const hear = (message: ToDecoder): void => {
    switch (message.kind) {
      case 'open':
        open(message.source, message.address);
        break;
      case 'fetchAhead':
        sources.get(message.source)?.bytes.fetchAhead();
        break;
      case 'close':
        close(message.source);
        break;
      case 'speak': {
        const { voice, request } = message;
        const track = sources.get(message.source)?.track;
        if (track !== undefined) speeches.set(voice, startSpeech({ voice, track, request, tell }));
        break;
      }
      case 'want':
        speeches.get(message.voice)?.want(message.frames);
        break;
      case 'headBehind':
        speeches.get(message.voice)?.headBehindIs(message.head);
        break;
      case 'hush':
        speeches.get(message.voice)?.hush();
        speeches.delete(message.voice);
        break;
      default:
        assertNever(message);
    }
  };

  port.addEventListener('message', ({ data }: MessageEvent<ToDecoder>) => hear(data));
  port.start();
};
