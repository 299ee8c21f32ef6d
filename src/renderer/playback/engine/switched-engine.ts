import { assertNever } from '../../../core/playback/assert-never.ts';
import type { TrackLevel } from '../../../core/playback/loudness.ts';
import type { AudioEngine, EngineEvent, Follower, LoadOptions } from '../audio-engine.ts';

/** How many addresses are known to need the spare; the one that was found first is forgotten first. */
const MOST_KNOWN = 500;

/** The spare fades out before it is let go. */
const RETIRE_AFTER_MS = 250;

type Undecodable = (address: string, current: Required<LoadOptions> | null) => void;

/**
 * Two engines as one: what the first cannot decode plays by the spare, and everything does at another speed than the usual, for
 * which the first would have to stretch time itself; from the place and in the state that it was asked for.
 * Only one of them is loaded at a time, and only it is listened to. Where a track of one follows a track of the other there
 * is no join: `ended` is told, and the follower is loaded by whoever hears it.
 */
export const createSwitchedEngine = (
  makeFirst: (undecodable: Undecodable, isActive: () => boolean) => AudioEngine,
  makeSpare: () => AudioEngine,
): AudioEngine => {
  const listeners = new Set<(event: EngineEvent) => void>();
  const needSpare = new Set<string>();
  let gain = 1;
  let isMuted = false;
  let fadesOnPause = true;
  let speed = 1;
  let loaded: ({ readonly address: string } & TrackLevel) | null = null;
  let wantsSound = false;
  let next: string | null = null;
  let follower: Follower | null = null;
  let spare: AudioEngine | null = null;

  const note = (event: EngineEvent): void => {
    switch (event.kind) {
      case 'advanced':
        loaded = {
          address: event.address,
          gainDb: follower?.gainDb ?? 0,
          truePeakDbtp: follower?.truePeakDbtp ?? null,
        };
        next = null;
        follower = null;
        break;
      case 'ended':
      case 'silenced':
        wantsSound = false;
        break;
      case 'failed':
        loaded = null;
        wantsSound = false;
        break;
      case 'sounding':
      case 'ranDry':
      case 'clock':
        break;
      default:
        assertNever(event);
    }
  };

  const forward = (engine: AudioEngine): AudioEngine => {
    engine.on((event) => {
      if (engine !== active) return;
      note(event);
      for (const listener of listeners) listener(event);
    });
    return engine;
  };

  const spareEngine = (): AudioEngine => {
    if (spare !== null) return spare;
    spare = forward(makeSpare());
    spare.setGain(gain);
    spare.setMuted(isMuted);
    spare.setFadeOnPause(fadesOnPause);
    spare.setSpeed?.(speed);
    return spare;
  };

  const first = makeFirst(
    (address, current) => {
      needSpare.add(address);
      const [oldest] = needSpare;
      if (needSpare.size > MOST_KNOWN && oldest !== undefined) needSpare.delete(oldest);
      if (current === null) {
        tellWhatComes();
        return;
      }
      active = spareEngine();
      active.load(address, current);
      tellWhatComes();
    },
    () => active === first,
  );
  let active = forward(first);

  const engineFor = (address: string): AudioEngine =>
    speed !== 1 || needSpare.has(address) ? spareEngine() : first;

  const tellWhatComes = (): void => {
    active.preload(next !== null && engineFor(next) === active ? next : null);
    active.follow(follower !== null && engineFor(follower.address) === active ? follower : null);
  };

  const engines = (): readonly AudioEngine[] => (spare === null ? [first] : [first, spare]);

  /** Idle, it would put the device to sleep under the one that plays. */
  const retireSpare = (): void => {
    const retired = spare;
    spare = null;
    if (retired !== null) setTimeout(() => retired.dispose(), RETIRE_AFTER_MS);
  };

  /** Only one of the two has anything to do. */
  const change = (engine: AudioEngine): void => {
    if (engine === active) return;
    active.unload();
    active.preload(null);
    active = engine;
    if (engine === first) retireSpare();
  };

  return {
    load: (address, options) => {
      const engine = engineFor(address);
      change(engine);
      loaded = {
        address,
        gainDb: options.gainDb ?? 0,
        truePeakDbtp: options.truePeakDbtp ?? null,
      };
      wantsSound = options.autoplay;
      next = null;
      follower = null;
      engine.load(address, options);
    },
    preload: (address) => {
      next = address;
      tellWhatComes();
    },
    follow: (wanted) => {
      follower = wanted;
      tellWhatComes();
    },
    unload: () => {
      loaded = null;
      wantsSound = false;
      active.unload();
    },
    play: () => {
      wantsSound = loaded !== null;
      active.play();
    },
    pause: () => {
      wantsSound = false;
      active.pause();
    },
    seek: (positionMs) => active.seek(positionMs),
    positionMs: () => active.positionMs(),
    setGain: (wanted) => {
      gain = wanted;
      for (const engine of engines()) engine.setGain(gain);
    },
    setMuted: (muted) => {
      isMuted = muted;
      for (const engine of engines()) engine.setMuted(muted);
    },
    setTrackGain: (gainDb, truePeakDbtp = null) => {
      if (loaded !== null) loaded = { ...loaded, gainDb, truePeakDbtp };
      active.setTrackGain?.(gainDb, truePeakDbtp);
    },
    setSpeed: (wanted) => {
      speed = wanted;
      spare?.setSpeed?.(speed);
      if (loaded === null || engineFor(loaded.address) === active) return;
      const startMs = active.positionMs();
      change(engineFor(loaded.address));
      const { address, ...level } = loaded;
      active.load(address, { startMs, autoplay: wantsSound, ...level });
      tellWhatComes();
    },
    setFadeOnPause: (fade) => {
      fadesOnPause = fade;
      for (const engine of engines()) engine.setFadeOnPause(fade);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      listeners.clear();
      for (const engine of engines()) engine.dispose();
    },
  };
};
