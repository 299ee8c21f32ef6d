import { describe, expect, it } from 'vitest';
import type { PlayedEntry } from '../../contract/history.ts';
import { recordsPlayed } from './records-played.ts';

const played = (album: string): PlayedEntry =>
  ({
    playedAt: '2026-11-23T12:00:00Z',
    track: { album: { id: album, title: album }, artwork: null },
  }) as PlayedEntry;

describe('the records played lately', () => {
  it('stand once each, the newest first, and not more than asked for', () => {
    const history = ['Löss', 'Löss', 'Bögen', 'Löss', 'Februar', 'Ondine'].map(played);
    expect(recordsPlayed(history, 3).map(({ title }) => title)).toEqual(['Löss', 'Bögen', 'Februar']);
    expect(recordsPlayed([], 3)).toEqual([]);
  });
});
