/**
 * Hears what a page plays: everything that is connected to an audio context's destination also goes into an analyser.
 * Runs inside the page, before its own scripts; the page knows nothing of it.
 */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    riffleSoundTap: { readonly analysers: AnalyserNode[] };
  }
}

function installTap(): void {
  const analysers: AnalyserNode[] = [];
  window.riffleSoundTap = { analysers };
  const tapOf = new WeakMap<BaseAudioContext, AnalyserNode>();
  type Connect = (this: AudioNode, target: AudioNode | AudioParam, ...ports: number[]) => AudioNode;
  const connect = AudioNode.prototype.connect as Connect;
  const tapped: Connect = function (target, ...ports) {
    if (target instanceof AudioDestinationNode) {
      let tap = tapOf.get(this.context);
      if (tap === undefined) {
        tap = new AnalyserNode(this.context, { fftSize: 16_384, smoothingTimeConstant: 0 });
        tapOf.set(this.context, tap);
        analysers.push(tap);
      }
      connect.call(this, tap);
    }
    return connect.call(this, target, ...ports);
  };
  AudioNode.prototype.connect = tapped as typeof AudioNode.prototype.connect;
}

/** Call before the page is opened. */
export async function tapSound(page: Page): Promise<void> {
  await page.addInitScript(installTap);
}

export interface Heard {
  /** Root mean square over the last third of a second, 0 to 1. */
  readonly level: number;
  /** The strongest frequency, interpolated between bins. */
  readonly frequencyHz: number;
}

/** What sounds at this moment. */
export const listen = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const silence = { level: 0, frequencyHz: 0 };
    return window.riffleSoundTap.analysers
      .map((analyser) => {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
        const spectrum = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(spectrum);
        let peak = 1;
        for (let bin = 2; bin < spectrum.length - 1; bin += 1) {
          if ((spectrum[bin] ?? -Infinity) > (spectrum[peak] ?? -Infinity)) peak = bin;
        }
        const [left = 0, centre = 0, right = 0] = spectrum.slice(peak - 1, peak + 2);
        // A parabola through three bins: far finer than the bin width.
        const curvature = left - 2 * centre + right;
        const offset = curvature === 0 || !Number.isFinite(curvature) ? 0 : (left - right) / (2 * curvature);
        return { level, frequencyHz: ((peak + offset) * analyser.context.sampleRate) / analyser.fftSize };
      })
      .reduce((loudest, each) => (each.level > loudest.level ? each : loudest), silence);
  });
