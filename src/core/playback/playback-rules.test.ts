import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFailures, onFailure } from './failure-policy.ts';
import type { FailureRecord } from './failure-policy.ts';
import { isDue, notYetHeard, recorded, soundBegan, soundStopped } from './play-count.ts';
import { transition, wantsSound } from './playback-state.ts';
import type { PlaybackEvent, PlaybackState } from './playback-state.ts';
import { previousMeans } from './queue-facts.ts';
import { clampVolume, gainOf } from './volume.ts';

const after = (...events: readonly PlaybackEvent<string>[]): PlaybackState<string> =>
  events.reduce<PlaybackState<string>>(transition, { kind: 'stopped' });

describe('the playback state', () => {
  const load: PlaybackEvent<string> = { kind: 'load', autoplay: true };

  it('goes from loading to playing, stalls and goes on', () => {
    expect(after(load).kind).toBe('loading');
    expect(after(load, { kind: 'sounding' }).kind).toBe('playing');
    expect(after(load, { kind: 'sounding' }, { kind: 'ranDry' }).kind).toBe('stalled');
    expect(after(load, { kind: 'sounding' }, { kind: 'ranDry' }, { kind: 'sounding' }).kind).toBe('playing');
  });

  it('stays paused although sound that was on its way arrives', () => {
    expect(after(load, { kind: 'hush' }, { kind: 'sounding' }).kind).toBe('paused');
    expect(after(load, { kind: 'hush' }, { kind: 'ranDry' }).kind).toBe('paused');
  });

  it('a track loaded without playing waits to be asked', () => {
    expect(after({ kind: 'load', autoplay: false }).kind).toBe('paused');
    expect(after({ kind: 'load', autoplay: false }, { kind: 'ask' }).kind).toBe('loading');
  });

  it('asking for sound with nothing loaded changes nothing', () => {
    expect(after({ kind: 'ask' }).kind).toBe('stopped');
    expect(after({ kind: 'hush' }).kind).toBe('stopped');
  });

  it('wants sound while it tries again, and no longer once it waits', () => {
    expect(wantsSound(after(load, { kind: 'retrying', cause: 'offline', nextTry: 2 }))).toBe(true);
    expect(wantsSound(after(load, { kind: 'gaveUp', cause: 'offline' }))).toBe(false);
  });
});

describe('the failure policy', () => {
  it('tries a track three times, passes over two tracks, and waits at the third', () => {
    const decisions: string[] = [];
    let record: FailureRecord = noFailures;
    for (;;) {
      const decision = onFailure(record, false, true);
      decisions.push(decision.kind);
      record = decision.record;
      if (decision.kind === 'wait') break;
    }
    expect(decisions.join(' ')).toBe('retry retry pass_over retry retry pass_over retry retry wait');
  });

  it('does not try again what no second try can mend', () => {
    expect(onFailure(noFailures, true, true).kind).toBe('pass_over');
  });

  it('waits when nothing follows', () => {
    expect(onFailure(noFailures, true, false).kind).toBe('wait');
  });

  it('lets more time pass before the later try', () => {
    const first = onFailure(noFailures, false, true);
    const second = onFailure(first.record, false, true);
    expect(first.kind === 'retry' && second.kind === 'retry' && second.afterMs > first.afterMs).toBe(true);
  });

  it('begins counting anew after it waited', () => {
    expect(onFailure({ failedTries: 2, passedOver: 2 }, false, true).record).toEqual(noFailures);
  });
});

describe('counting a play', () => {
  it('counts after 30 seconds heard, pauses not included', () => {
    const heard = soundStopped(soundBegan(notYetHeard, 0), 20_000);
    const again = soundBegan(heard, 100_000);
    expect(isDue(again, 109_999, 200_000, false)).toBe(false);
    expect(isDue(again, 110_000, 200_000, false)).toBe(true);
  });

  it('counts a short track at its end', () => {
    const count = soundBegan(notYetHeard, 0);
    expect(isDue(count, 12_000, 12_000, false)).toBe(false);
    expect(isDue(count, 12_000, 12_000, true)).toBe(true);
  });

  it('does not count a short track of which only the end was heard', () => {
    expect(isDue(soundBegan(notYetHeard, 0), 2000, 12_000, true)).toBe(false);
  });

  it('does not count a long track that was skipped to its end', () => {
    expect(isDue(soundBegan(notYetHeard, 0), 5000, 200_000, true)).toBe(false);
  });

  it('counts once', () => {
    expect(isDue(recorded(soundBegan(notYetHeard, 0)), 90_000, 200_000, true)).toBe(false);
  });
});

describe('previous', () => {
  it('restarts the track when more than three seconds in', () => {
    expect(previousMeans(3000)).toBe('step_back');
    expect(previousMeans(3001)).toBe('restart');
  });
});

describe('volume', () => {
  it('half way is half as loud, ten decibels down', () => {
    expect(20 * Math.log10(gainOf(0.5))).toBeCloseTo(-10, 1);
    expect(gainOf(0)).toBe(0);
    expect(gainOf(1)).toBe(1);
  });

  it('grows with the slider and never leaves 0 to 1', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (one, other) => {
        const [lower, higher] = [gainOf(Math.min(one, other)), gainOf(Math.max(one, other))];
        expect(lower).toBeLessThanOrEqual(Number.isNaN(one) || Number.isNaN(other) ? 1 : higher);
        expect(lower >= 0 && higher <= 1).toBe(true);
      }),
    );
  });

  it('steps of five per cent lead exactly to the ends', () => {
    let volume = 0;
    for (let step = 0; step < 20; step += 1) volume = clampVolume(volume + 0.05);
    expect(volume).toBe(1);
  });
});
