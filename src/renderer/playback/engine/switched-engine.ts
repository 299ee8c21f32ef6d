import type { AudioEngine, EngineEvent, Follower, LoadOptions } from '../audio-engine.ts';

/** How many addresses are known to need the spare; the one that was found first is forgotten first. */
const MOST_KNOWN = 500;

type Undecodable = (address: string, current: Required<LoadOptions> | null) => void;

/**
 * Two engines as one: what the first cannot decode plays by the spare, from the place and in the state that it was asked for.
 * Only one of them is loaded at a time, and only it is listened to. Where a track of one follows a track of the other there
 * is no join: `ended` is told, and the follower is loaded by whoever hears it.
 */
export const createSwitchedEngine = (
  makeFirst: (undecodable: Undecodable) => AudioEngine,
  makeSpare: () => AudioEngine,
): AudioEngine => {
  const listeners = new Set<(event: EngineEvent) => void>();
  const needSpare = new Set<string>();
  let gain = 1;
  let isMuted = false;
  let fadesOnPause = true;
  let next: string | null = null;
  let follower: Follower | null = null;
  let spare: AudioEngine | null = null;

  const forward = (engine: AudioEngine): AudioEngine => {
    engine.on((event) => {
      if (engine !== active) return;
      if (event.kind === 'advanced') {
        next = null;
        follower = null;
      }
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
    return spare;
  };

  const first = makeFirst((address, current) => {
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
  });
  let active = forward(first);

  const engineFor = (address: string): AudioEngine => (needSpare.has(address) ? spareEngine() : first);

  const tellWhatComes = (): void => {
    active.preload(next !== null && engineFor(next) === active ? next : null);
    active.follow(follower !== null && engineFor(follower.address) === active ? follower : null);
  };

  const engines = (): readonly AudioEngine[] => (spare === null ? [first] : [first, spare]);

  return {
    load: (address, options) => {
      const engine = engineFor(address);
      if (engine !== active) {
        active.unload();
        active.preload(null);
      }
      active = engine;
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
    unload: () => active.unload(),
    play: () => active.play(),
    pause: () => active.pause(),
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
