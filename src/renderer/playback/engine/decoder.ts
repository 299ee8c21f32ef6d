import { assertNever } from '../../../core/playback/assert-never.ts';
import type { Planes } from './resampler.ts';
import type { SeamHead, SeamTail } from './seam.ts';
import type {
  FetchProgress,
  FromDecoder,
  SpeakRequest,
  ToDecoder,
  VoiceFacts,
  VoiceFailure,
} from './worker/messages.ts';

/** Hears of one voice, in this order: that it begins, its head, its blocks, and that it is complete; or that it failed. */
export interface SpeechListener {
  begins(facts: VoiceFacts): void;
  head(head: SeamHead): void;
  block(planes: Planes): void;
  asksForHead(): void;
  complete(tail: SeamTail | null): void;
  failed(failure: VoiceFailure): void;
}

export interface RemoteSpeech {
  want(frames: number): void;
  headBehindIs(head: SeamHead | null): void;
  /** Nothing more is heard of it. */
  hush(): void;
}

/** A track that was asked for. One for each time it plays. */
export interface RemoteSource {
  readonly address: string;
  /** What is here of the file, as far as was told. */
  readonly progress: FetchProgress;
  fetchAhead(): void;
  speak(request: SpeakRequest, listener: SpeechListener): RemoteSpeech;
  close(): void;
}

export interface Decoder {
  /** So that the first track need not wait for a thread to come up. */
  warmUp(): void;
  open(address: string, onProgress: () => void): RemoteSource;
}

export interface DecoderThread {
  readonly port: MessagePort;
  stop(): void;
}

/** Makes the thread. `died` is called when it will not answer any more. */
export type StartThread = (died: () => void) => DecoderThread;

export const startDecoderThread: StartThread = (died) => {
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), {
    type: 'module',
    name: 'decoder',
  });
  const { port1, port2 } = new MessageChannel();
  worker.addEventListener('error', died);
  worker.postMessage(null, [port2]);
  return { port: port1, stop: () => worker.terminate() };
};

const NOTHING: FetchProgress = { from: 0, to: 0, isWhole: false };

/**
 * The window's end of the decoder. Should its thread die, every voice fails as what cannot be decoded here, and the next track gets
 * a new one.
 */
export const createDecoder = (start: StartThread): Decoder => {
  const listeners = new Map<number, SpeechListener>();
  const progressOf = new Map<number, (progress: FetchProgress) => void>();
  let thread: DecoderThread | null = null;
  let given = 0;

  const hear = (message: FromDecoder): void => {
    switch (message.kind) {
      case 'progress':
        progressOf.get(message.source)?.(message.progress);
        break;
      case 'begins':
        listeners.get(message.voice)?.begins(message.facts);
        break;
      case 'head':
        listeners.get(message.voice)?.head(message.head);
        break;
      case 'block':
        listeners.get(message.voice)?.block(message.planes);
        break;
      case 'asksForHead':
        listeners.get(message.voice)?.asksForHead();
        break;
      case 'complete':
        listeners.get(message.voice)?.complete(message.tail);
        break;
      case 'failed':
        listeners.get(message.voice)?.failed(message.failure);
        break;
      default:
        assertNever(message);
    }
  };

  const died = (): void => {
    thread?.stop();
    thread = null;
    const left = [...listeners.values()];
    listeners.clear();
    progressOf.clear();
    for (const listener of left) listener.failed('undecodable');
  };

  const running = (): DecoderThread => {
    if (thread !== null) return thread;
    thread = start(died);
    thread.port.addEventListener('message', ({ data }: MessageEvent<FromDecoder>) => hear(data));
    thread.port.start();
    return thread;
  };

  const say = (message: ToDecoder): void => thread?.port.postMessage(message, []);

  const open = (address: string, onProgress: () => void): RemoteSource => {
    const home = running();
    given += 1;
    const source = given;
    let progress = NOTHING;
    progressOf.set(source, (told) => {
      progress = told;
      onProgress();
    });
    say({ kind: 'open', source, address });
    return {
      address,
      get progress() {
        return progress;
      },
      fetchAhead: () => say({ kind: 'fetchAhead', source }),
      speak: (request, listener) => {
        given += 1;
        const voice = given;
        if (thread === home) {
          listeners.set(voice, listener);
          say({ kind: 'speak', source, voice, request });
        } else {
          // Whoever asked does not have the voice yet.
          queueMicrotask(() => listener.failed('undecodable'));
        }
        return {
          want: (frames) => say({ kind: 'want', voice, frames }),
          headBehindIs: (head) => say({ kind: 'headBehind', voice, head }),
          hush: () => {
            listeners.delete(voice);
            say({ kind: 'hush', voice });
          },
        };
      },
      close: () => {
        progressOf.delete(source);
        say({ kind: 'close', source });
      },
    };
  };

  return { warmUp: () => void running(), open };
};
