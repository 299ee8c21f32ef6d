import { describe, expect, it } from 'vitest';
import type { Listening } from '../../contract/history.ts';
import { PlayCounter } from './play-counter.ts';
import { trackOf } from './test-support.ts';

type Told = readonly [what: string, title: string, play?: Listening];

const openCounter = () => {
  let nowMs = 1_000;
  let plays = 0;
  const told: Told[] = [];
  const counter = new PlayCounter(
    () => nowMs,
    () => `play-${(plays += 1)}`,
    {
      began: ({ title }) => told.push(['began', title]),
      counts: ({ title }, play) => told.push(['counts', title, play]),
      heard: ({ title }, play) => told.push(['heard', title, play]),
      music: () => undefined,
    },
  );
  const passes = (ms: number): void => {
    nowMs += ms;
    counter.tick();
  };
  const track = (name: string, durationMs: number) => ({ ...trackOf(name), durationMs });
  return { counter, told, passes, track };
};

describe('what is told of a play', () => {
  it('is its beginning, that it counts, that half was heard, and all that was heard', () => {
    const { counter, told, passes, track } = openCounter();
    const song = track('a', 200_000);

    counter.begin(song);
    counter.sounds();
    passes(29_000);
    counter.falls();
    passes(10_000);
    counter.sounds();
    passes(1_000);
    passes(70_000);
    passes(50_000);
    counter.ended();

    expect(told).toEqual([
      ['began', song.title],
      ['counts', song.title, { id: 'play-1', agoMs: 40_000, heardMs: 30_000 }],
      ['heard', song.title, { id: 'play-1', agoMs: 110_000, heardMs: 100_000 }],
      ['heard', song.title, { id: 'play-1', agoMs: 160_000, heardMs: 150_000 }],
    ]);
  });

  it('is nothing more when the track is left before anything counts', () => {
    const { counter, told, passes, track } = openCounter();
    counter.begin(track('a', 200_000));
    counter.sounds();
    passes(20_000);
    counter.falls();
    counter.begin(track('b', 200_000));

    expect(told.map(([what]) => what)).toEqual(['began']);
  });

  it('is that half of a short track was heard, though it does not count yet', () => {
    const { counter, told, passes, track } = openCounter();
    counter.begin(track('a', 40_000));
    counter.sounds();
    passes(20_000);

    expect(told.map(([what]) => what)).toEqual(['began', 'heard']);
  });

  it('is another play each time round', () => {
    const { counter, told, passes, track } = openCounter();
    const song = track('a', 60_000);
    for (let round = 0; round < 2; round += 1) {
      counter.begin(song);
      counter.sounds();
      passes(30_000);
      counter.ended();
    }

    expect(told.flatMap(([, , play]) => play?.id ?? [])).toEqual(['play-1', 'play-2']);
  });
});
