/**
 * Equaliser and mono between whatever makes the sound and the master gain. With nothing to do, nothing but gains of exactly 1 is in
 * the path, and every sample leaves as it came.
 */
import { isFlat } from '../../../core/playback/equaliser.ts';
import { createEqualiserNodes, type EqualiserNodes } from './equaliser-nodes.ts';

export interface SoundSettings {
  readonly mono: boolean;
  /** Sliders of ten octaves in decibels; null is off, and so is all zero. */
  readonly bandsDb: readonly number[] | null;
}

export interface SoundChain {
  readonly input: AudioNode;
  readonly output: AudioNode;
  /** Takes effect at once and without a click: within 50 ms everything is as set. */
  set(settings: SoundSettings): void;
}

/** Long enough that changing the path clicks on no note, short enough to feel immediate. */
const SWITCH_S = 0.04;

const SPEAKERS = 2;

/** One way through the chain; the input feeds it, its fade feeds the output. */
interface Path {
  readonly mono: boolean;
  readonly equaliser: EqualiserNodes | null;
  readonly fade: GainNode;
  /** Nothing sounds any more once it is removed. */
  remove(): void;
}

/** One channel of however many: of two, the mean, so that what is in the middle stays as loud and nothing can clip. */
const mixing = (channelCount: number): GainOptions => ({
  channelCount,
  channelCountMode: 'explicit',
  channelInterpretation: 'speakers',
});

const bandsOf = ({ bandsDb }: SoundSettings): readonly number[] | null =>
  bandsDb === null || isFlat(bandsDb) ? null : bandsDb;

/** Makes the chain; `output` is to be connected by whoever asked. Begins with nothing in the path. */
export const createSoundChain = (context: BaseAudioContext): SoundChain => {
  // Two loudspeakers whatever comes in, as the destination would have it (W3C Web Audio API, "Up-mixing and down-mixing"): beside a path
  // of six channels, mono would be taken for the one in the centre.
  const input = new GainNode(context, mixing(SPEAKERS));
  const output = new GainNode(context);

  const createPath = (settings: SoundSettings, gain: number): Path => {
    const bandsDb = bandsOf(settings);
    const equaliser = bandsDb === null ? null : createEqualiserNodes(context, bandsDb);
    const fade = new GainNode(context, { gain });
    const nodes = [
      ...(settings.mono ? [new GainNode(context, mixing(1))] : []),
      ...(equaliser === null ? [] : equaliser.nodes),
      fade,
    ];
    nodes.reduce((from: AudioNode, to) => from.connect(to), input);
    fade.connect(output);
    const [first = fade] = nodes;
    return {
      mono: settings.mono,
      equaliser,
      fade,
      remove: () => {
        input.disconnect(first);
        fade.disconnect(output);
      },
    };
  };

  let path = createPath({ mono: false, bandsDb: null }, 1);
  let isSwitching = false;
  /** Came while a switch was under way. */
  let waiting: SoundSettings | null = null;

  const switchTo = (settings: SoundSettings): void => {
    const before = path;
    const startS = context.currentTime;
    const endS = startS + SWITCH_S;
    path = createPath(settings, 0);
    isSwitching = true;
    // Both carry the same music: their sum is level when their gains are, not their powers.
    path.fade.gain.setValueAtTime(0, startS).linearRampToValueAtTime(1, endS);
    before.fade.gain.setValueAtTime(1, startS).linearRampToValueAtTime(0, endS);
    // Ends by the clock of the sound, which stands still while the context is suspended.
    const end = new ConstantSourceNode(context, { offset: 0 });
    end.connect(before.fade);
    end.addEventListener('ended', () => {
      before.remove();
      isSwitching = false;
      const next = waiting;
      waiting = null;
      if (next !== null) apply(next);
    });
    end.start(startS);
    end.stop(endS);
  };

  const apply = (settings: SoundSettings): void => {
    const bandsDb = bandsOf(settings);
    if (settings.mono !== path.mono || (bandsDb === null) !== (path.equaliser === null)) switchTo(settings);
    else if (bandsDb !== null) path.equaliser?.set(bandsDb);
  };

  return {
    input,
    output,
    set: (settings) => {
      if (isSwitching) waiting = settings;
      else apply(settings);
    },
  };
};
