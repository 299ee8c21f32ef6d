import { afterEach, describe, expect, it } from 'vitest';
import { createDecoder, type Decoder, type RemoteSpeech, type SpeechListener } from './decoder.ts';
import type { SeamTail } from './seam.ts';
import { serveDecoding } from './worker/decoding-service.ts';
import type { SpeakRequest, VoiceFacts, VoiceFailure } from './worker/messages.ts';

const RATE_HZ = 48_000;
const SECONDS = 3;
const LENGTH = RATE_HZ * SECONDS;

const tone = (index: number, rateHz = RATE_HZ): number =>
  0.4 * Math.sin((2 * Math.PI * 440 * index) / rateHz);

/** 16 bit, one channel (RIFF WAVE): what needs no decoder of the browser's. */
const wav = (): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(44 + LENGTH * 2));
  const text = (at: number, word: string): void =>
    [...word].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, bytes.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE_HZ, true);
  bytes.setUint32(28, RATE_HZ * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, LENGTH * 2, true);
  for (let index = 0; index < LENGTH; index += 1) {
    bytes.setInt16(44 + index * 2, Math.round(tone(index) * 32_767), true);
  }
  return new Uint8Array(bytes.buffer);
};

const files: Readonly<Record<string, Uint8Array>> = {
  '/tracks/tone': wav(),
  '/tracks/noise': Uint8Array.from({ length: 5000 }, (_, index) => (index * 37) % 251),
};

/** A host that answers ranges, as both shells do. */
const host: typeof fetch = async (address, init) => {
  const file = files[String(address)];
  if (file === undefined) return new Response(null, { status: 404 });
  const [, from = '0', to = ''] =
    /bytes=(\d+)-(\d*)/.exec(new Headers(init?.headers).get('range') ?? '') ?? [];
  const end = to === '' ? file.length : Math.min(file.length, Number(to) + 1);
  return new Response(file.slice(Number(from), end), {
    status: 206,
    headers: { 'content-range': `bytes ${from}-${end - 1}/${file.length}` },
  });
};

const stops: (() => void)[] = [];
let dies: (() => void)[] = [];

const decoderHere = (): Decoder =>
  createDecoder((died) => {
    const { port1, port2 } = new MessageChannel();
    serveDecoding({ port: port2, fetch: host, nowMs: () => performance.now() });
    dies.push(died);
    const stop = (): void => {
      port1.close();
      port2.close();
    };
    stops.push(stop);
    return { port: port1, stop };
  });

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  dies = [];
});

interface Told {
  facts: VoiceFacts | null;
  heads: number;
  frames: number[];
  asked: number;
  isComplete: boolean;
  tail: SeamTail | null;
  failure: VoiceFailure | null;
}

const speak = (
  decoder: Decoder,
  address: string,
  request: Partial<SpeakRequest> = {},
): { readonly told: Told; readonly speech: RemoteSpeech; readonly progress: () => boolean } => {
  const told: Told = {
    facts: null,
    heads: 0,
    frames: [],
    asked: 0,
    isComplete: false,
    tail: null,
    failure: null,
  };
  const listener: SpeechListener = {
    begins: (facts) => {
      told.facts = facts;
    },
    head: () => {
      told.heads += 1;
    },
    block: ([plane]) => {
      for (const sample of plane ?? []) told.frames.push(sample);
    },
    asksForHead: () => {
      told.asked += 1;
    },
    complete: (tail) => {
      told.isComplete = true;
      told.tail = tail;
    },
    failed: (failure) => {
      told.failure = failure;
    },
  };
  const source = decoder.open(address, () => undefined);
  source.fetchAhead();
  const speech = source.speak(
    {
      startMs: 0,
      contextRateHz: RATE_HZ,
      limitAt: null,
      before: null,
      wantedFrames: Number.POSITIVE_INFINITY,
      ...request,
    },
    listener,
  );
  return { told, speech, progress: () => source.progress.isWhole };
};

describe('a decoder on a thread of its own', () => {
  it('gives all of a track, in order, and tells what it is', async () => {
    const { told, progress } = speak(decoderHere(), '/tracks/tone');
    await expect.poll(() => told.isComplete).toBe(true);
    expect(told.facts).toEqual({ rateHz: RATE_HZ, durationMs: SECONDS * 1000, startMs: 0 });
    expect(told.frames).toHaveLength(LENGTH);
    const worst = told.frames.reduce(
      (most, frame, index) => Math.max(most, Math.abs(frame - tone(index))),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
    expect([told.heads, told.asked]).toEqual([1, 0]);
    expect(progress()).toBe(true);
  });

  it('begins at the very sample that was asked for', async () => {
    const { told } = speak(decoderHere(), '/tracks/tone', { startMs: 1234.5 });
    await expect.poll(() => told.isComplete).toBe(true);
    const from = Math.round(1.2345 * RATE_HZ);
    expect(told.facts?.startMs).toBe((from / RATE_HZ) * 1000);
    expect(told.frames).toHaveLength(LENGTH - from);
    expect(told.frames[100]).toBeCloseTo(tone(from + 100), 4);
  });

  it('decodes no further than is wanted, and goes on when more is', async () => {
    const { told, speech } = speak(decoderHere(), '/tracks/tone', { wantedFrames: RATE_HZ / 2 });
    await expect.poll(() => told.frames.length).toBeGreaterThanOrEqual(RATE_HZ / 2);
    // What answers behind it comes after anything that was on its way.
    const other = speak(decoderHere(), '/tracks/tone');
    await expect.poll(() => other.told.isComplete).toBe(true);
    expect(told.frames.length).toBeLessThan(RATE_HZ * 1.5);
    speech.want(LENGTH * 2);
    await expect.poll(() => told.isComplete).toBe(true);
    expect(told.frames).toHaveLength(LENGTH);
  });

  it('makes the last samples for another rate when it knows what comes behind them', async () => {
    const { told, speech } = speak(decoderHere(), '/tracks/tone', { contextRateHz: 44_100 });
    await expect.poll(() => told.asked).toBe(1);
    expect(told.isComplete).toBe(false);
    speech.headBehindIs(null);
    await expect.poll(() => told.isComplete).toBe(true);
    expect(told.frames).toHaveLength(44_100 * SECONDS);
    expect(told.frames[5000]).toBeCloseTo(tone(5000, 44_100), 3);
    expect(told.tail).toMatchObject({ rateHz: RATE_HZ, offset: 0, limiter: null });
  });

  it('says nothing more of what was hushed', async () => {
    const decoder = decoderHere();
    const { told, speech } = speak(decoder, '/tracks/tone', { wantedFrames: 1 });
    await expect.poll(() => told.frames.length).toBeGreaterThan(0);
    const before = told.frames.length;
    speech.want(LENGTH);
    speech.hush();
    const other = speak(decoder, '/tracks/tone');
    await expect.poll(() => other.told.isComplete).toBe(true);
    expect(told.frames).toHaveLength(before);
  });

  it('tells what cannot be had from what cannot be decoded', async () => {
    const decoder = decoderHere();
    const absent = speak(decoder, '/tracks/absent');
    const noise = speak(decoder, '/tracks/noise');
    await expect.poll(() => absent.told.failure).toBe('unreadable');
    await expect.poll(() => noise.told.failure).toBe('undecodable');
  });

  it('that dies fails what it was at, and the next track gets another', async () => {
    const decoder = decoderHere();
    const lost = speak(decoder, '/tracks/tone', { wantedFrames: 1 });
    await expect.poll(() => lost.told.frames.length).toBeGreaterThan(0);
    dies[0]?.();
    expect(lost.told.failure).toBe('undecodable');
    const next = speak(decoder, '/tracks/tone');
    await expect.poll(() => next.told.isComplete).toBe(true);
    expect(dies).toHaveLength(2);
  });
});
