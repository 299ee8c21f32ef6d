/**
 * What comes out of a page, block by block of 128 samples: when sound begins, and every silence inside it. Taps whatever is
 * connected to an audio context's destination; the page knows nothing of it. Needs a context with `bypassCSP` (the worklet
 * is a blob) and `--autoplay-policy=no-user-gesture-required`.
 */
import type { Page } from '@playwright/test';

export interface Silence {
  /** How much sound there had been since the beginning. */
  readonly afterSoundMs: number;
  readonly ms: number;
}

export interface MeterReading {
  /** `Date.now()` of the first sound, as the audio thread saw it; null while nothing was heard. */
  readonly firstSoundAt: number | null;
  readonly soundMs: number;
  /** Of the silence now; 0 while it sounds. */
  readonly silentMs: number;
  /** Silences of 10 ms and more that have ended. */
  readonly silences: readonly Silence[];
}

export interface MeterStart {
  /** Above this a sample counts as sound; 0.001 (−60 dBFS) when left out. */
  readonly threshold?: number;
  /** What sounds already is not listened to until it has been silent for 5 ms. */
  readonly afterSilence?: boolean;
}

declare global {
  interface Window {
    riffleMeter: {
      /** Forgets what was heard; resolves once the audio thread listens anew. Rejects when there is no context yet. */
      begin(start: MeterStart): Promise<void>;
      read(): Promise<MeterReading>;
      /** Resolves with `Date.now()` of the first sound since `begin`. */
      firstSound(withinMs: number): Promise<number>;
      /** Resolves once the worklet of the newest context listens. */
      ready(): Promise<void>;
    };
  }
}

const WORKLET = `
registerProcessor('sound-meter', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.begin({});
    this.port.onmessage = ({ data }) => {
      if (data.kind === 'begin') this.begin(data.start);
      this.port.postMessage({ id: data.id, reading: this.reading() });
    };
  }
  begin({ threshold = 0.001, afterSilence = false }) {
    this.threshold = threshold;
    this.isDeaf = afterSilence;
    this.firstSoundAt = null;
    this.sound = 0;
    this.silent = 0;
    this.silences = [];
  }
  reading() {
    const ms = (frames) => (frames / sampleRate) * 1000;
    return { firstSoundAt: this.firstSoundAt, soundMs: ms(this.sound), silentMs: ms(this.silent), silences: this.silences };
  }
  isLoud(input) {
    for (const channel of input) {
      for (let index = 0; index < channel.length; index += 1) {
        if (Math.abs(channel[index]) > this.threshold) return true;
      }
    }
    return false;
  }
  process([input]) {
    const isLoud = this.isLoud(input);
    if (this.isDeaf) {
      this.silent = isLoud ? 0 : this.silent + 128;
      if (this.silent > sampleRate * 0.005) this.isDeaf = false;
      return true;
    }
    if (!isLoud) {
      this.silent += 128;
      return true;
    }
    if (this.firstSoundAt === null) {
      this.firstSoundAt = Date.now();
      this.port.postMessage({ id: null, reading: this.reading() });
    } else if (this.silent >= sampleRate * 0.01) {
      this.silences.push({ afterSoundMs: (this.sound / sampleRate) * 1000, ms: (this.silent / sampleRate) * 1000 });
    }
    this.silent = 0;
    this.sound += 128;
    return true;
  }
});`;

function install(worklet: string): void {
  let node: Promise<AudioWorkletNode> | null = null;
  let asked = 0;
  const answers = new Map<number, (reading: MeterReading) => void>();
  let onFirstSound: ((at: number) => void) | null = null;

  const ask = async (message: Readonly<Record<string, unknown>>): Promise<MeterReading> => {
    if (node === null) throw new Error('the page has not opened an audio context');
    const { port } = await node;
    asked += 1;
    const id = asked;
    return new Promise((settle) => {
      answers.set(id, settle);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worklet's port has no origin
      port.postMessage({ ...message, id });
    });
  };

  window.riffleMeter = {
    async begin(start) {
      onFirstSound = null;
      await ask({ kind: 'begin', start });
    },
    read: () => ask({ kind: 'read' }),
    firstSound: (withinMs) =>
      new Promise((settle, fail) => {
        onFirstSound = settle;
        setTimeout(() => fail(new Error(`nothing was heard within ${withinMs} ms`)), withinMs);
      }),
    async ready() {
      await node;
    },
  };

  type Connect = (this: AudioNode, target: AudioNode | AudioParam, ...ports: number[]) => AudioNode;
  const connect = AudioNode.prototype.connect as Connect;
  const tapOf = new WeakMap<BaseAudioContext, GainNode>();
  const listenOn = async (context: BaseAudioContext, tap: GainNode): Promise<AudioWorkletNode> => {
    const url = URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    const meter = new AudioWorkletNode(context, 'sound-meter', { numberOfOutputs: 0 });
    meter.port.addEventListener(
      'message',
      ({ data }: MessageEvent<{ id: number | null; reading: MeterReading }>) => {
        if (data.id === null) onFirstSound?.(data.reading.firstSoundAt ?? 0);
        else answers.get(data.id)?.(data.reading);
        if (data.id !== null) answers.delete(data.id);
      },
    );
    meter.port.start();
    connect.call(tap, meter);
    return meter;
  };
  const tapped: Connect = function (target, ...ports) {
    if (target instanceof AudioDestinationNode) {
      let tap = tapOf.get(this.context);
      if (tap === undefined) {
        tap = new GainNode(this.context);
        tapOf.set(this.context, tap);
        node = listenOn(this.context, tap);
      }
      connect.call(this, tap);
    }
    return connect.call(this, target, ...ports);
  };
  AudioNode.prototype.connect = tapped as typeof AudioNode.prototype.connect;
}

/** Call before the page is opened. */
export async function meterSound(page: Page): Promise<void> {
  await page.addInitScript(install, WORKLET);
}

export const beginMeter = (page: Page, start: MeterStart = {}): Promise<void> =>
  page.evaluate((given) => window.riffleMeter.begin(given), start);

export const readMeter = (page: Page): Promise<MeterReading> =>
  page.evaluate(() => window.riffleMeter.read());
