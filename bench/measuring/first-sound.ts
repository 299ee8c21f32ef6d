/**
 * Press → first sound, inside a page: everything that goes to an audio context's destination also goes through a worklet
 * that tells when silence ends. Works for the app and for a bare media element alike, so the two can be compared.
 * The page needs a context with `bypassCSP` (the worklet is a blob) and `--autoplay-policy=no-user-gesture-required`.
 */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    riffleFirstSound: {
      /** Called with `Date.now()` of the first block that is not silent, as the audio thread saw it; armed anew by `arm`. */
      onSound: ((at: number) => void) | null;
      arm(): void;
      /** Resolves once the worklet of the newest context listens. */
      readonly ready: () => Promise<void>;
    };
  }
}

/** −60 dBFS: below any tone of ours, above dither. */
const WORKLET = `
registerProcessor('first-sound', class extends AudioWorkletProcessor {
  constructor() { super(); this.armed = false; this.port.onmessage = () => { this.armed = true; }; }
  process([input]) {
    if (this.armed && input.some((channel) => channel.some((sample) => Math.abs(sample) > 0.001))) {
      this.armed = false;
      this.port.postMessage(Date.now());
    }
    return true;
  }
});`;

function install(worklet: string): void {
  const nodes: AudioWorkletNode[] = [];
  /** A context that is made after `arm` is armed at birth. */
  let armed = false;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worklet's port has no origin
  const armNode = (node: AudioWorkletNode): void => node.port.postMessage('arm');
  let pending: Promise<void> = Promise.resolve();
  const tapOf = new WeakMap<BaseAudioContext, GainNode>();
  const state: Window['riffleFirstSound'] = {
    onSound: null,
    arm() {
      armed = true;
      nodes.forEach(armNode);
    },
    ready: () => pending,
  };
  window.riffleFirstSound = state;

  type Connect = (this: AudioNode, target: AudioNode | AudioParam, ...ports: number[]) => AudioNode;
  const connect = AudioNode.prototype.connect as Connect;
  const listenOn = async (context: BaseAudioContext, tap: GainNode): Promise<void> => {
    const url = URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    const node = new AudioWorkletNode(context, 'first-sound', { numberOfOutputs: 0 });
    node.port.addEventListener('message', ({ data }: MessageEvent<number>) => {
      armed = false;
      state.onSound?.(data);
    });
    node.port.start();
    connect.call(tap, node);
    nodes.push(node);
    if (armed) armNode(node);
  };
  const tapped: Connect = function (target, ...ports) {
    if (target instanceof AudioDestinationNode) {
      let tap = tapOf.get(this.context);
      if (tap === undefined) {
        tap = new GainNode(this.context);
        tapOf.set(this.context, tap);
        pending = listenOn(this.context, tap);
      }
      connect.call(this, tap);
    }
    return connect.call(this, target, ...ports);
  };
  AudioNode.prototype.connect = tapped as typeof AudioNode.prototype.connect;
}

/** Call before the page is opened. */
export async function tapFirstSound(page: Page): Promise<void> {
  await page.addInitScript(install, WORKLET);
}
