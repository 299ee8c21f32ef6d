import { contextBlocks } from '../context-blocks.ts';
import type { OpenTrack } from '../open-track.ts';
import type { SeamHead, SeamTail } from '../seam.ts';
import type { FromDecoder, SpeakRequest } from './messages.ts';

export interface Speech {
  /** Decodes on until so many frames are made. */
  want(frames: number): void;
  headBehindIs(head: SeamHead | null): void;
  /** Nothing more is decoded or told. */
  hush(): void;
}

/** One track from one place on, decoded as far as is wanted. What it has to say goes out by `tell`. */
export const startSpeech = (options: {
  readonly voice: number;
  readonly track: Promise<OpenTrack>;
  readonly request: SpeakRequest;
  readonly tell: (message: FromDecoder, transfer?: readonly ArrayBufferLike[]) => void;
}): Speech => {
  const { voice, request, tell } = options;
  const { contextRateHz, limitAt, before } = request;
  let wantedFrames = request.wantedFrames;
  let isOver = false;
  let wake: () => void = () => undefined;
  const headBehind = Promise.withResolvers<SeamHead | null>();
  let tail: SeamTail | null = null;

  let decodedTo = 0;
  const isEnough = (): boolean => !isOver && decodedTo >= wantedFrames;

  const decode = async (): Promise<void> => {
    const track = await options.track;
    if (isOver) return;
    const { lengthSamples, rateHz, durationMs } = track;
    const asked = Math.max(0, Math.round((request.startMs / 1000) * rateHz));
    const fromSample = lengthSamples === null ? asked : Math.min(asked, lengthSamples);
    const startMs = (fromSample / rateHz) * 1000;
    tell({ kind: 'begins', voice, facts: { rateHz, durationMs, startMs } });
    const blocks = contextBlocks({
      track,
      fromSample,
      contextRateHz,
      limitAt,
      neighbours: {
        before,
        headIs: (head) => tell({ kind: 'head', voice, head }),
        after: () => {
          tell({ kind: 'asksForHead', voice });
          return headBehind.promise;
        },
        tailIs: (given) => {
          tail = given;
        },
      },
    });
    for await (const planes of blocks) {
      if (isOver) return;
      decodedTo += planes[0]?.length ?? 0;
      tell(
        { kind: 'block', voice, planes },
        planes.map(({ buffer }) => buffer),
      );
      while (isEnough()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (isOver) return;
    }
    tell({ kind: 'complete', voice, tail });
  };

  decode().catch((cause: unknown) => {
    if (isOver) return;
    const isUndecodable = cause instanceof Error && cause.name === 'UndecodableTrack';
    tell({ kind: 'failed', voice, failure: isUndecodable ? 'undecodable' : 'unreadable' });
  });

  return {
    want: (frames) => {
      wantedFrames = frames;
      wake();
    },
    headBehindIs: (head) => headBehind.resolve(head),
    hush: () => {
      isOver = true;
      headBehind.resolve(null);
      wake();
    },
  };
};
