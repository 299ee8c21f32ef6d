import { expect, it, vi } from 'vitest';
import type { AudioEngine, EngineEvent, LoadOptions } from '../audio-engine.ts';
import { createSwitchedEngine } from './switched-engine.ts';

interface NotingEngine extends AudioEngine {
  readonly calls: string[];
  say(event: EngineEvent): void;
}

/** Behaves as an engine does towards its user, and notes what it was asked for. */
const notingEngine = (): NotingEngine => {
  const calls: string[] = [];
  const listeners = new Set<(event: EngineEvent) => void>();
  const noted =
    (name: string) =>
    (...values: readonly unknown[]): void => {
      calls.push([name, ...values.map((value) => JSON.stringify(value))].join(' '));
    };
  return {
    calls,
    say: (event) => listeners.forEach((listener) => listener(event)),
    load: noted('load'),
    preload: noted('preload'),
    follow: noted('follow'),
    unload: noted('unload'),
    play: noted('play'),
    pause: noted('pause'),
    seek: noted('seek'),
    positionMs: () => 5000,
    setGain: noted('gain'),
    setMuted: noted('muted'),
    setFadeOnPause: noted('fade'),
    setSpeed: noted('speed'),
    setTrackGain: noted('trackGain'),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: noted('dispose'),
  };
};

const switched = () => {
  const first = notingEngine();
  const spare = notingEngine();
  const told: { undecodable: (address: string, current: Required<LoadOptions> | null) => void } = {
    undecodable: () => undefined,
  };
  const engine = createSwitchedEngine(
    (undecodable) => {
      told.undecodable = undecodable;
      return first;
    },
    () => spare,
  );
  const heard: EngineEvent[] = [];
  engine.on((event) => heard.push(event));
  return { engine, first, spare, told, heard };
};

const START = { startMs: 0, autoplay: true, gainDb: 0 };

it('plays by the spare what the first cannot decode, from where it was to begin, at the volume that was set', () => {
  const { engine, first, spare, told, heard } = switched();
  engine.setGain(0.5);
  engine.load('/tracks/one', START);
  engine.follow({ address: '/tracks/two', gainDb: -3, crossfadeMs: 0 });
  told.undecodable('/tracks/one', { startMs: 4000, autoplay: true, gainDb: -2, truePeakDbtp: -4 });
  expect(spare.calls).toContain(
    'load "/tracks/one" {"startMs":4000,"autoplay":true,"gainDb":-2,"truePeakDbtp":-4}',
  );
  expect(spare.calls).toContain('gain 0.5');
  // The first is going to play the follower, so the spare has nothing to go on with.
  expect(spare.calls.at(-1)).toBe('follow null');
  first.say({ kind: 'sounding' });
  spare.say({ kind: 'ended' });
  expect(heard).toEqual([{ kind: 'ended' }]);
  engine.load('/tracks/two', START);
  expect(spare.calls).toContain('unload');
  expect(first.calls.at(-1)).toBe('load "/tracks/two" {"startMs":0,"autoplay":true,"gainDb":0}');
});

it('takes a follower back that the first cannot decode, and then loads it by the spare at once', () => {
  const { engine, first, spare, told } = switched();
  engine.load('/tracks/one', START);
  engine.follow({ address: '/tracks/two', gainDb: 0, crossfadeMs: 0 });
  told.undecodable('/tracks/two', null);
  expect(first.calls.at(-1)).toBe('follow null');
  engine.load('/tracks/two', START);
  expect(first.calls.at(-2)).toBe('unload');
  expect(spare.calls.at(-1)).toBe('load "/tracks/two" {"startMs":0,"autoplay":true,"gainDb":0}');
});

it('goes on by itself, and forgets then what was to come', () => {
  const { engine, first, spare, heard } = switched();
  engine.load('/tracks/one', START);
  engine.follow({ address: '/tracks/two', gainDb: 0, crossfadeMs: 0 });
  first.say({ kind: 'advanced', address: '/tracks/two' });
  engine.preload('/tracks/three');
  expect(heard).toEqual([{ kind: 'advanced', address: '/tracks/two' }]);
  expect(first.calls.at(-2)).toBe('preload "/tracks/three"');
  expect(first.calls.at(-1)).toBe('follow null');
  expect(spare.calls).toEqual([]);
});

it('plays at another speed by the spare, and at the usual one by the first again, each from where the other was', () => {
  const { engine, first, spare } = switched();
  engine.load('/tracks/one', { ...START, gainDb: -4 });
  engine.setSpeed?.(1.5);
  expect(first.calls).toContain('unload');
  expect(spare.calls).toContain('speed 1.5');
  expect(spare.calls).toContain(
    'load "/tracks/one" {"startMs":5000,"autoplay":true,"gainDb":-4,"truePeakDbtp":null}',
  );
  engine.load('/tracks/two', START);
  engine.pause();
  vi.useFakeTimers();
  engine.setSpeed?.(1);
  expect(spare.calls).toContain('unload');
  // Idle for a minute, it would otherwise put the device to sleep under the first.
  vi.runAllTimers();
  vi.useRealTimers();
  expect(spare.calls).toContain('dispose');
  expect(first.calls).toContain(
    'load "/tracks/two" {"startMs":5000,"autoplay":false,"gainDb":0,"truePeakDbtp":null}',
  );
});

it('does not wake what has ended or failed when the speed changes', () => {
  const { engine, first, spare } = switched();
  engine.load('/tracks/one', START);
  first.say({ kind: 'ended' });
  engine.setSpeed?.(2);
  expect(spare.calls).toContain(
    'load "/tracks/one" {"startMs":5000,"autoplay":false,"gainDb":0,"truePeakDbtp":null}',
  );
  spare.say({ kind: 'failed', code: 'not_found' });
  const before = first.calls.length;
  engine.setSpeed?.(1);
  expect(first.calls).toHaveLength(before);
});
