import type { Settings } from '../../../contract/settings.ts';
import { BAND_LIMIT_DB } from '../../../core/playback/equaliser.ts';
import { presetOf } from '../../../core/playback/equaliser-presets.ts';
import { equaliserFor, withEqualiser, type EqualiserSetting } from './equaliser-memory.ts';
import { createOutputs, type OutputNotice, type OutputPorts } from './output-devices.ts';
import { createSoundChain, type SoundChain } from './sound-chain.ts';
import type { SoundSnapshot } from './sound-store.ts';

export type SoundNotice =
  | OutputNotice
  /** What was set is undone: it could not be written down. */
  | { readonly kind: 'equaliser_not_kept' };

export interface SoundPorts {
  readonly settings: {
    getState(): Settings;
    subscribe(listener: () => void): () => void;
  };
  /** Keeps a change; the settings have it by the time this returns, or their old values when it rejects. */
  readonly keep: (change: Partial<Settings>) => Promise<void>;
  readonly devices: OutputPorts['devices'];
  readonly store: {
    getState(): SoundSnapshot;
    setState(change: Partial<SoundSnapshot>): void;
  };
  readonly notify: (notice: SoundNotice) => void;
  readonly onFailed: (cause: unknown) => void;
}

export interface EqualiserChange {
  readonly on?: boolean;
  /** Sliders are held within their limits and to tenths of a decibel. */
  readonly bandsDb?: readonly number[];
}

/** The one owner of how the sound is shaped and where it comes out. */
export interface Sound {
  /** Follows the settings and the devices from here on. Once. */
  start(): void;
  /** Puts equaliser and mono before the destination; what is to be heard connects to what this gives. */
  open(context: AudioContext, destination: AudioNode): AudioNode;
  /** Sets the equaliser of the device that sounds: heard at once, kept when the hand rests. */
  setEqualiser(change: EqualiserChange): void;
  /** The chosen device, which is back, sounds again. */
  takeBackOutput(): void;
  /** Keeps now what would be kept later. */
  flush(): void;
  /** Follows nothing any more. */
  dispose(): void;
}

/** A hand on a slider moves some sixty times a second; the disk need not. */
const KEEP_AFTER_MS = 400;

/** What is set for the device that sounds, drafts included. */
export const equaliserNow = (
  settings: Settings,
  { draft, current }: Pick<SoundSnapshot, 'draft' | 'current'>,
): EqualiserSetting =>
  draft?.device.id === current.id ? draft.setting : equaliserFor(settings.equaliser, current);

const held = (gainDb: number): number =>
  Math.round(Math.min(BAND_LIMIT_DB, Math.max(-BAND_LIMIT_DB, gainDb)) * 10) / 10;

export const createSound = ({ settings, keep, devices, store, notify, onFailed }: SoundPorts): Sound => {
  let chain: SoundChain | null = null;
  let heard: { readonly mono: boolean; readonly equaliser: EqualiserSetting } | null = null;
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | null = null;

  const shape = (): void => {
    if (chain === null) return;
    const { mono } = settings.getState();
    const equaliser = equaliserNow(settings.getState(), store.getState());
    if (heard?.mono === mono && heard.equaliser === equaliser) return;
    heard = { mono, equaliser };
    chain.set({ mono, bandsDb: equaliser.on ? equaliser.bandsDb : null });
  };

  /** As the chosen device was called when its equaliser was set. */
  const rememberedName = (): string | null => {
    const { equaliser, outputDeviceId } = settings.getState();
    return (outputDeviceId === null ? '' : equaliser[outputDeviceId]?.label) || null;
  };

  const outputs = createOutputs({
    devices,
    onChange: (view) => {
      // What a hand did to one device is kept for that one.
      if (view.current.id !== store.getState().current.id) flush();
      store.setState(view);
      shape();
    },
    notify: (notice) => {
      const nameless = notice.kind === 'output_lost' && notice.label === null;
      notify(nameless ? { kind: 'output_lost', label: rememberedName() } : notice);
    },
    onFailed,
  });

  const keepDraft = async (): Promise<void> => {
    const { draft } = store.getState();
    if (draft === null) return;
    let isKept = true;
    try {
      await keep({
        equaliser: withEqualiser(settings.getState().equaliser, draft.device, draft.setting),
      });
    } catch (cause) {
      isKept = false;
      onFailed(cause);
    }
    // A newer one is kept, and told of, by itself.
    if (store.getState().draft !== draft) return;
    store.setState({ draft: null });
    shape();
    if (!isKept) notify({ kind: 'equaliser_not_kept' });
  };

  const flush = (): void => {
    if (keepTimer === undefined) return;
    clearTimeout(keepTimer);
    keepTimer = undefined;
    void keepDraft();
  };

  const follow = (): void => {
    outputs.choose(settings.getState().outputDeviceId);
    shape();
  };

  return {
    start: () => {
      stop = settings.subscribe(follow);
      follow();
      outputs.start();
    },
    open: (context, destination) => {
      // First, so that nobody hears of the moments between two devices.
      outputs.attach(context);
      chain = createSoundChain(context);
      heard = null;
      chain.output.connect(destination);
      store.setState({ sampleRateHz: context.sampleRate });
      shape();
      return chain.input;
    },
    setEqualiser: ({ on, bandsDb }) => {
      const before = equaliserNow(settings.getState(), store.getState());
      const bands = bandsDb?.map(held) ?? before.bandsDb;
      const device = store.getState().current;
      const setting: EqualiserSetting = {
        on: on ?? before.on,
        bandsDb: bands,
        preset: presetOf(bands),
        label: device.label,
      };
      store.setState({ draft: { device, setting } });
      shape();
      clearTimeout(keepTimer);
      keepTimer = setTimeout(flush, KEEP_AFTER_MS);
    },
    takeBackOutput: () => outputs.takeBack(),
    flush,
    dispose: () => {
      flush();
      stop?.();
      outputs.dispose();
    },
  };
};
