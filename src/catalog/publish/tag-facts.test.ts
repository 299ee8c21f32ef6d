import type { IAudioMetadata, ICommonTagsResult, ITag } from 'music-metadata';
import { describe, expect, it } from 'vitest';
import { tagFacts } from './tag-facts.ts';
import type { TagFacts } from './track-facts.ts';

const RELEASE = 'f5093c06-23e3-404f-aeaa-40f72885ee3a';

const metadata = (common: Partial<ICommonTagsResult>, native: readonly ITag[] = []): IAudioMetadata => ({
  format: { trackInfo: [], tagTypes: ['vorbis'] },
  native: { vorbis: [...native] },
  quality: { warnings: [] },
  common: {
    track: { no: null, of: null },
    disk: { no: null, of: null },
    movementIndex: { no: null, of: null },
    ...common,
  },
});
const read = (common: Partial<ICommonTagsResult>, path = 'x.ogg', native: readonly ITag[] = []): TagFacts =>
  tagFacts(metadata(common, native), path);

describe('what a file says about itself', () => {
  it('is what its tags say, and its path for the rest', () => {
    expect(
      read({ title: 'Blau', track: { no: 4, of: 9 } }, 'Ada/1999 - Lieder/CD 2/07 - Rot.ogg'),
    ).toMatchObject({
      title: 'Blau',
      artists: [{ name: 'Ada' }],
      albumTitle: 'Lieder',
      discNumber: 2,
      trackNumber: 4,
      releaseDate: '1999',
    });
  });

  it('reads the facts of a release', () => {
    const facts = read({
      album: 'Lieder',
      albumartists: ['Ada', 'Ben'],
      musicbrainz_albumid: RELEASE.toUpperCase(),
      musicbrainz_recordingid: RELEASE,
      label: ['Mute'],
      catalognumber: ['STUMM 1'],
      copyright: '℗ 1999 Mute',
      discsubtitle: ['Live'],
      isrc: ['de-a61-24-00001'],
      releasetype: ['album', 'live'],
      date: '1999-04-30',
    });
    expect(facts).toMatchObject({
      albumArtists: [{ name: 'Ada' }, { name: 'Ben' }],
      musicBrainzReleaseId: RELEASE,
      musicBrainzRecordingId: RELEASE,
      label: 'Mute',
      catalogueNumber: 'STUMM 1',
      copyright: '℗ 1999 Mute',
      discTitle: 'Live',
      isrc: 'DEA612400001',
      albumKind: 'live',
      albumKey: `musicbrainz:${RELEASE}`,
      releaseDate: '1999-04-30',
    });
  });

  it.each([
    [{ id: 'rtng', value: 1 }, true],
    [{ id: 'rtng', value: 4 }, true],
    [{ id: 'rtng', value: 2 }, false],
    [{ id: 'TXXX:ITUNESADVISORY', value: '1' }, true],
    [{ id: 'ITUNESADVISORY', value: '0' }, false],
  ])('knows from %j whether it is explicit', (tag, explicit) => {
    expect(read({ title: 'x' }, 'x.ogg', [tag]).explicit).toBe(explicit);
  });

  it('takes a compilation without album artist for one by various artists', () => {
    expect(read({ compilation: true, album: 'Hits' })).toMatchObject({
      isCompilation: true,
      albumArtists: [{ name: 'Various Artists' }],
    });
  });

  it('takes the disc out of an album title', () => {
    expect(read({ album: 'Lieder (Disc 2)' })).toMatchObject({ albumTitle: 'Lieder', discNumber: 2 });
  });

  it('gives discs in folders of their own one album, and albums in two folders two', () => {
    const keys = ['A/X/CD1/1.ogg', 'A/X/CD2/1.ogg', 'A/X (Disc 3)/1.ogg', 'B/X/1.ogg'].map(
      (path) => read({ album: 'X' }, path).albumKey,
    );
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it('makes loose files without an album singles of their own', () => {
    expect(read({ title: 'Eins', artist: 'Ada' }, 'a.ogg')).toMatchObject({ albumTitle: 'Eins' });
    expect(read({ title: 'Eins', artist: 'Ada' }, 'a.ogg').albumKey).not.toBe(
      read({ title: 'Eins', artist: 'Ben' }, 'b.ogg').albumKey,
    );
  });

  it('survives junk in every field', () => {
    const junk = {
      title: '\0\0',
      artist: ' ',
      album: '',
      genre: ['\0'],
      date: '0000',
      isrc: ['x'],
      musicbrainz_albumid: 'none',
      track: { no: -1, of: null },
      disk: { no: 1e9, of: null },
    };
    expect(read(junk, 'Ada/Lieder/01 - Rot.ogg')).toMatchObject({
      title: 'Rot',
      artists: [{ name: 'Ada' }],
      albumTitle: 'Lieder',
      genres: [],
      releaseDate: null,
      isrc: null,
      musicBrainzReleaseId: null,
      trackNumber: 1,
      discNumber: 1,
    });
  });
});
