import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import { pinAlbum, pinTrack } from '../../../tests/fakes/fake-catalog.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { until } from '../../../tests/host/track-cache-fixture.ts';
import type { Pin } from '../../contract/offline.ts';
import { createPinnedExtras, seenOf } from './pinned-extras.ts';

const TRACKS = ['Quellgebiet', 'Furt', 'Kiesbett'].map((title) => pinTrack(title));
const ALBUM = pinAlbum('Flussabwärts', TRACKS);
const CONTENTS = { kind: 'album', album: ALBUM } as const;

const pinOf = (): Pin => ({
  source: { kind: 'album', id: ALBUM.id },
  title: ALBUM.title,
  artists: '',
  artwork: ALBUM.artwork,
  addedAt: ALBUM.addedAt,
  state: { kind: 'kept' },
  trackCount: 3,
  keptCount: 3,
  failedCount: 0,
  bytes: 1,
  remainingBytes: 0,
});

const story = (known: ReadonlySet<string> = new Set()) => {
  const asked: string[] = [];
  const had = new Set(known);
  const kept: (readonly string[])[] = [];
  let isAway = false;
  const extras = createPinnedExtras({
    artwork: { setPinned: () => undefined, keep: (ids) => kept.push(ids) },
    hasDetails: (trackId) => had.has(trackId),
    async askDetails(trackId) {
      asked.push(trackId);
      if (isAway) throw new HostFailure('service_unreachable', 'away');
      if (trackId === TRACKS[1]?.id) throw new HostFailure('not_found', 'gone');
      had.add(trackId);
    },
    closing: new AbortController().signal,
    log: recordLog(),
  });
  return {
    extras,
    asked,
    had,
    kept,
    setAway: (away: boolean) => {
      isAway = away;
    },
  };
};

describe('what belongs to kept music', () => {
  it('is fetched once, and what one track lacks keeps no other from it', async () => {
    const { extras, asked, had } = story(new Set([TRACKS[0]?.id ?? '']));
    extras.contentsKnown(CONTENTS);
    await until('the last has its details', () => had.has(TRACKS[2]?.id ?? ''));
    expect(asked).toEqual([TRACKS[1]?.id, TRACKS[2]?.id]);

    extras.serviceReached();
    extras.contentsKnown(CONTENTS);
    await until('the one without is asked for again', () => asked.length === 3);
    expect(asked.at(-1)).toBe(TRACKS[1]?.id);
  });

  it('waits for the service, and goes on where it was', async () => {
    const { extras, asked, had, setAway } = story();
    setAway(true);
    extras.contentsKnown(CONTENTS);
    await until('it was tried', () => asked.length === 1);
    setAway(false);
    await until('it goes on', () => {
      extras.serviceReached();
      return had.size === 2;
    });
    expect(asked).toEqual([TRACKS[0]?.id, ...TRACKS.map(({ id }) => id)]);
  });

  it('has every cover of it, and is told again only when they are others', () => {
    const { extras, kept } = story();
    extras.contentsKnown(CONTENTS);
    extras.pinsAre([pinOf()]);
    extras.pinsAre([pinOf()]);
    extras.pinsAre([]);
    const covers = [ALBUM, ...TRACKS].flatMap(({ artwork }) => (artwork === null ? [] : [artwork.id]));
    expect(kept).toEqual([[...new Set(covers)].sort(), []]);
  });

  it('is known to the offline index whole', () => {
    expect(seenOf(CONTENTS)).toEqual([{ kind: 'album', album: ALBUM }]);
    expect(seenOf({ kind: 'track', track: TRACKS[0] ?? pinTrack('none') })).toEqual([
      { kind: 'tracks', tracks: [TRACKS[0]] },
    ]);
  });
});
