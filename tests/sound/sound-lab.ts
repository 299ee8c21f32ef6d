/** Runs inside a page: the sound chain in a context that renders as fast as it can, sample by sample. */
import { createEqualiserNodes } from '../../src/renderer/playback/sound/equaliser-nodes.ts';
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

window.soundLab = {
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
