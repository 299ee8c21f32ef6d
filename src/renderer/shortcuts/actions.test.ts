import { describe, expect, it } from 'vitest';
import { ACTION_NAMES, actionFor, chordFor, conflictsOf, defaultChord, rebind } from './actions.ts';

describe('the keys of actions', () => {
  it('are all different by default, on every system', () => {
    for (const mac of [false, true]) {
      const chords = ACTION_NAMES.map((name) => defaultChord(name, mac));
      expect(new Set(chords).size).toBe(chords.length);
    }
  });

  it('stand for their action until the listener changes them', () => {
    expect(actionFor('Space', {}, false)).toBe('playback.toggle');
    expect(actionFor('Space', { 'playback.toggle': 'K' }, false)).toBeNull();
    expect(actionFor('K', { 'playback.toggle': 'K' }, false)).toBe('playback.toggle');
    expect(chordFor('playback.toggle', { 'playback.toggle': null }, false)).toBeNull();
  });

  it('name what has a chord already', () => {
    expect(conflictsOf('playback.mute', 'Q', {}, false)).toEqual(['playback.queue']);
    expect(conflictsOf('playback.queue', 'Q', {}, false)).toEqual([]);
  });

  it('move: what had a chord before loses it', () => {
    const changes = rebind('playback.mute', 'Q', {}, false);
    expect(changes).toEqual({ 'playback.mute': 'Q', 'playback.queue': null });
    expect(actionFor('Q', changes, false)).toBe('playback.mute');
    expect(actionFor('M', changes, false)).toBeNull();
  });

  it('are no change any more when they are back at the default', () => {
    const changes = rebind('playback.mute', 'X', {}, false);
    expect(rebind('playback.mute', 'M', changes, false)).toEqual({});
  });

  it('of actions this version does not know are kept', () => {
    expect(rebind('playback.mute', 'X', { 'lyrics.show': 'Y' }, false)).toEqual({
      'lyrics.show': 'Y',
      'playback.mute': 'X',
    });
  });

  it('lead to what the listener set when a default claims the same', () => {
    expect(actionFor('Space', { 'playback.mute': 'Space' }, false)).toBe('playback.mute');
  });
});
