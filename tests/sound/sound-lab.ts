/** Runs inside a page: the sound chain in a context that renders as fast as it can, sample by sample. */
import { createEqualiserNodes } from '../../src/renderer/playback/sound/equaliser-nodes.ts';
import type { Settings } from '../../src/contract/settings.ts';
import { createSound, type Sound, type SoundNotice } from '../../src/renderer/playback/sound/sound-core.ts';
import type { SoundSnapshot } from '../../src/renderer/playback/sound/sound-store.ts';
import { createSoundChain, type SoundSettings } from '../../src/renderer/playback/sound/sound-chain.ts';

export interface RenderRequest {
  readonly sampleRateHz: number;
  /** What goes in: 32-bit samples of each channel, in base 64. */
  readonly channels: readonly string[];
  readonly changes: readonly { readonly atS: number; readonly settings: SoundSettings }[];
}

export interface SoundLab {
  /** What both loudspeakers play, likewise. */
  render(request: RenderRequest): Promise<string[]>;
  /** What the browser says of the filters that are in the path, in decibels. */
  response(bandsDb: readonly number[], frequenciesHz: readonly number[], sampleRateHz: number): number[];
  /** A tone of 1 kHz through the window's own sound, on the devices of this browser. */
  play(settings: Settings): Promise<void>;
  living: LivingSound | null;
}

export interface LivingSound {
  readonly sound: Sound;
  readonly notices: readonly SoundNotice[];
  /** What others hear of the context's state from when it runs. */
  readonly stateChanges: readonly string[];
  devices(): Promise<readonly string[]>;
  change(change: Partial<Settings>): void;
  /** From now on the browser tells of none of them but these. */
  leave(labels: readonly string[]): void;
  /** The id of the device that the context plays through, empty for the system's own; and the level that it gets. */
  read(): { readonly sinkId: string; readonly levelDb: number };
}

declare global {
  interface Window {
    soundLab: SoundLab;
  }
}

const SPEAKERS = 2;

const decode = (text: string): Float32Array<ArrayBuffer> =>
  new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);

const encode = (samples: Float32Array): string =>
  btoa([...new Uint8Array(samples.buffer)].map((byte) => String.fromCharCode(byte)).join(''));

interface Cell<Value> {
  getState(): Value;
  setState(change: Partial<Value>): void;
  subscribe(listener: () => void): () => void;
}

/** As much of a store as is asked for here. */
const cellOf = <Value extends object>(first: Value): Cell<Value> => {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    getState: () => value,
    setState: (change) => {
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const SYSTEM = { id: 'default', label: '' };

const play = async (first: Settings): Promise<void> => {
  const settings = cellOf(first);
  const notices: SoundNotice[] = [];
  let left: readonly string[] | null = null;
  const changes = new EventTarget();
  const outputs = async (): Promise<MediaDeviceInfo[]> => {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter(({ kind, label }) => kind === 'audiooutput' && (left === null || left.includes(label)));
  };
  const sound = createSound({
    settings,
    keep: async (change) => settings.setState(change),
    devices: {
      enumerateDevices: outputs,
      addEventListener: changes.addEventListener.bind(changes),
      removeEventListener: changes.removeEventListener.bind(changes),
    },
    store: cellOf<SoundSnapshot>({
      devices: [],
      isBack: false,
      current: SYSTEM,
      draft: null,
      sampleRateHz: 44_100,
    }),
    notify: (notice) => notices.push(notice),
    onFailed: (cause) => {
      throw cause;
    },
  });
  const context = new AudioContext();
  const meter = new AnalyserNode(context, { fftSize: 2048 });
  meter.connect(context.destination);
  const tone = new OscillatorNode(context, { frequency: 1000 });
  tone.connect(new GainNode(context, { gain: 0.1 })).connect(sound.open(context, meter));
  tone.start();
  sound.start();
  // That it runs is said some time after it does.
  await new Promise((settle) => context.addEventListener('statechange', settle, { once: true }));
  const stateChanges: string[] = [];
  context.addEventListener('statechange', () => stateChanges.push(context.state));
  window.soundLab.living = {
    sound,
    notices,
    stateChanges,
    devices: async () => (await outputs()).map(({ label }) => label),
    change: settings.setState,
    leave: (labels) => {
      left = labels;
      changes.dispatchEvent(new Event('devicechange'));
    },
    read: () => {
      const samples = new Float32Array(meter.fftSize);
      meter.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return {
        sinkId: 'sinkId' in context ? String(context.sinkId) : '',
        levelDb: 10 * Math.log10(power),
      };
    },
  };
};

window.soundLab = {
  living: null,
  play,

  async render({ sampleRateHz, channels, changes }) {
    const inputs = channels.map(decode);
    const length = inputs[0]?.length ?? 0;
    const context = new OfflineAudioContext(SPEAKERS, length, sampleRateHz);
    const chain = createSoundChain(context);
    chain.output.connect(context.destination);
    const buffer = context.createBuffer(inputs.length, length, sampleRateHz);
    for (const [index, samples] of inputs.entries()) buffer.copyToChannel(samples, index);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(chain.input);
    source.start();
    const done = changes.map(async ({ atS, settings }) => {
      await context.suspend(atS);
      chain.set(settings);
      await context.resume();
    });
    const rendered = await context.startRendering();
    await Promise.all(done);
    return Array.from({ length: SPEAKERS }, (_, index) => encode(rendered.getChannelData(index)));
  },

  response(bandsDb, frequenciesHz, sampleRateHz) {
    const context = new OfflineAudioContext(1, 1, sampleRateHz);
    const sum = frequenciesHz.map(() => 0);
    for (const node of createEqualiserNodes(context, bandsDb).nodes) {
      if (!(node instanceof BiquadFilterNode)) continue;
      const magnitudes = new Float32Array(frequenciesHz.length);
      node.getFrequencyResponse(
        Float32Array.from(frequenciesHz),
        magnitudes,
        new Float32Array(frequenciesHz.length),
      );
      for (const [index, magnitude] of magnitudes.entries()) {
        sum[index] = (sum[index] ?? 0) + 20 * Math.log10(magnitude);
      }
    }
    return sum;
  },
};
