/**
 * Records what comes out of a page, sample by sample: whatever is connected to an audio context's destination, which is behind
 * every gain of the app. Time is counted in the context's own frames, so a busy machine does not blur it. Needs a context with
 * `bypassCSP` (the worklet is a blob) and `--autoplay-policy=no-user-gesture-required`.
 */
import type { Page } from '@playwright/test';

export interface RecorderState {
  /** Recorded so far, from the first sound on. */
  readonly frames: number;
  /** Of the silence now; 0 while it sounds. */
  readonly silentFrames: number;
  readonly rateHz: number;
}

/** From the first block that was not silent. */
export interface Recording {
  readonly rateHz: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
  /**
   * By how much the context's clock jumped between blocks. What is rendered goes on behind it as if it had not (measured: nothing
   * is missing), so nothing stands for them; many of them mean a starved audio thread.
   */
  readonly lostFrames: number;
}

declare global {
  interface Window {
    riffleRecorder: {
      /** Forgets what was recorded and waits for the next sound. */
      begin(): void;
      state(): RecorderState;
      /** Left and right in turns, 32-bit floats, as base64: so many frames from there. */
      read(fromFrame: number, frames: number): string;
      lostFrames(): number;
    };
  }
}

const FRAMES_PER_READ = 65_536;
const POLL_MS = 100;

/** Blocks of 2,048 frames: rare enough for the page's thread, soon enough to see silence come. */
const WORKLET = `
registerProcessor('sound-recorder', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.isOn = false;
    this.block = new Float32Array(4096);
    this.filled = 0;
    this.silent = 0;
    this.expected = -1;
    this.lost = 0;
    this.take = 0;
    this.port.onmessage = ({ data }) => { this.take = data; this.isOn = false; this.filled = 0; this.silent = 0; this.lost = 0; this.expected = -1; };
  }
  process([input]) {
    const left = input[0], right = input[1] || input[0];
    let isLoud = false;
    for (const channel of input) for (const sample of channel) if (Math.abs(sample) > 1e-4) isLoud = true;
    if (!this.isOn && !isLoud) return true;
    this.isOn = true;
    if (this.expected >= 0 && currentFrame > this.expected) this.lost += currentFrame - this.expected;
    this.expected = currentFrame + 128;
    this.silent = isLoud ? 0 : this.silent + 128;
    this.push(left, right);
    return true;
  }
  push(left, right) {
    for (let index = 0; index < 128; index += 1) {
      this.block[this.filled] = left ? left[index] : 0;
      this.block[this.filled + 1] = right ? right[index] : 0;
      this.filled += 2;
    }
    if (this.filled < this.block.length) return;
    const { block, silent, lost, take } = this;
    this.port.postMessage({ block, silent, lost, take }, [block.buffer]);
    this.block = new Float32Array(4096);
    this.filled = 0;
  }
});`;

interface BlockMessage {
  readonly block: Float32Array;
  readonly silent: number;
  readonly lost: number;
  readonly take: number;
}

function install(worklet: string): void {
  const FRAMES_PER_BLOCK = 2048;
  const nodes: AudioWorkletNode[] = [];
  let take = 0;
  let blocks: Float32Array[] = [];
  let silentFrames = 0;
  let lost = 0;
  let rateHz = 0;

  window.riffleRecorder = {
    begin() {
      take += 1;
      blocks = [];
      silentFrames = 0;
      lost = 0;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worklet's port has no origin
      for (const node of nodes) node.port.postMessage(take);
    },
    state: () => ({ frames: blocks.length * FRAMES_PER_BLOCK, silentFrames, rateHz }),
    read(fromFrame, frames) {
      const last = Math.min(blocks.length, (fromFrame + frames) / FRAMES_PER_BLOCK);
      let text = '';
      for (let index = fromFrame / FRAMES_PER_BLOCK; index < last; index += 1) {
        const block = blocks[index];
        if (block === undefined) break;
        const bytes = new Uint8Array(block.buffer);
        for (let at = 0; at < bytes.length; at += 8192) {
          text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        }
      }
      return btoa(text);
    },
    lostFrames: () => lost,
  };

  type Connect = (this: AudioNode, target: AudioNode | AudioParam, ...ports: number[]) => AudioNode;
  const connect = AudioNode.prototype.connect as Connect;
  const tapOf = new WeakMap<BaseAudioContext, GainNode>();
  const listenOn = async (context: BaseAudioContext, tap: GainNode): Promise<void> => {
    const url = URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    // Silent, but rendered with the rest: a node without an output is left out whenever the graph is being changed.
    const node = new AudioWorkletNode(context, 'sound-recorder');
    connect.call(node, context.destination);
    node.port.addEventListener('message', ({ data }: MessageEvent<BlockMessage>) => {
      if (data.take !== take) return;
      blocks.push(data.block);
      silentFrames = data.silent;
      lost = data.lost;
      rateHz = context.sampleRate;
    });
    node.port.start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worklet's port has no origin
    node.port.postMessage(take);
    nodes.push(node);
    connect.call(tap, node);
  };
  const tapped: Connect = function (target, ...ports) {
    if (target instanceof AudioDestinationNode && this.context instanceof AudioContext) {
      let tap = tapOf.get(this.context);
      if (tap === undefined) {
        tap = new GainNode(this.context);
        tapOf.set(this.context, tap);
        void listenOn(this.context, tap);
      }
      connect.call(this, tap);
    }
    return connect.call(this, target, ...ports);
  };
  AudioNode.prototype.connect = tapped as typeof AudioNode.prototype.connect;
}

/** Call before the page is opened. */
export async function recordSound(page: Page): Promise<void> {
  await page.addInitScript(install, WORKLET);
}

export const beginRecording = (page: Page): Promise<void> =>
  page.evaluate(() => window.riffleRecorder.begin());

const readRecording = async (page: Page): Promise<Recording> => {
  const { frames, rateHz } = await page.evaluate(() => window.riffleRecorder.state());
  const lostFrames = await page.evaluate(() => window.riffleRecorder.lostFrames());
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  for (let from = 0; from < frames; from += FRAMES_PER_READ) {
    const text = await page.evaluate(([start, count]) => window.riffleRecorder.read(start, count), [
      from,
      FRAMES_PER_READ,
    ] as const);
    const bytes = Buffer.from(text, 'base64');
    for (let index = 0; index * 8 < bytes.length && from + index < frames; index += 1) {
      left[from + index] = bytes.readFloatLE(index * 8);
      right[from + index] = bytes.readFloatLE(index * 8 + 4);
    }
  }
  return { rateHz, left, right, lostFrames };
};

/** Waits until it is as wanted, or so long, and gives what was recorded until then. */
export const recordUntil = async (
  page: Page,
  isEnough: (state: RecorderState) => boolean,
  withinMs: number,
): Promise<Recording> => {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (isEnough(await page.evaluate(() => window.riffleRecorder.state()))) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return readRecording(page);
};
