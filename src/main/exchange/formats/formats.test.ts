/**
 * Files as other programs write them, typed after what these document and write: VLC and foobar2000 (M3U8), VLC and Clementine (XSPF),
 * ListenBrainz (JSPF), Exportify and TuneMyMusic (CSV), Spotify's account data, Apple's library and privacy data.
 */
import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  option,
  property,
  record,
  string,
  uint8Array,
  type Arbitrary,
} from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { trackOf, type ExchangePlaylist, type ExchangeTrack } from '../../../core/exchange/exchange.ts';
import { readCsv, writeCsv } from './csv.ts';
import { ExchangeError } from './exchange-error.ts';
import { jspfSchema, playlistFromJspf, writeJspf } from './jspf.ts';
import { readM3u, writeM3u } from './m3u.ts';
import { readFiles } from './read-files.ts';
import { readXspf, writeXspf } from './xspf.ts';

const file = (name: string, text: string) => ({ name, bytes: strToU8(text) });
const read = (name: string, text: string) => readFiles([file(name, text)]);

describe('lists of other programs', () => {
  it('reads an M3U8 of a player, with its facts and without', () => {
    const { bundle } = read(
      'Summer/My summer.m3u8',
      [
        '\uFEFF#EXTM3U',
        '#EXTINF:222,Lene Wörner Trio - Kiesbett',
        '#EXTVLCOPT:network-caching=1000',
        '../Music/Lene W%C3%B6rner Trio/01 Kiesbett.flac',
        '#EXTALB:Halden',
        '#EXTART:Sabine Grünwald - Öztürk',
        '#EXTINF:61.5 logo="x.png",Sabine Grünwald - Öztürk - Schlag',
        'C:\\Music\\Halden\\Schlag.mp3',
        '/home/kim/Music/07 - Ohne Angabe.ogg',
      ].join('\r\n'),
    );
    expect(bundle.playlists).toEqual([
      {
        name: 'My summer',
        description: '',
        tracks: [
          trackOf({ title: 'Kiesbett', artists: ['Lene Wörner Trio'], durationMs: 222_000 }),
          trackOf({
            title: 'Schlag',
            artists: ['Sabine Grünwald - Öztürk'],
            album: 'Halden',
            durationMs: 61_500,
          }),
          trackOf({ title: 'Ohne Angabe' }),
        ],
      },
    ]);
  });

  it('reads an M3U in the letters of Windows', () => {
    const bytes = Uint8Array.from(
      [...'#EXTM3U\n#EXTINF:10,W'].map((sign) => sign.charCodeAt(0)).concat(0xf6),
    );
    const { bundle } = readFiles([{ name: 'old.m3u', bytes: Uint8Array.from([...bytes, 0x0a, 0x61]) }]);
    expect(bundle.playlists[0]?.tracks[0]?.title).toBe('Wö');
  });

  it('reads an XSPF with namespaces, references and an ISRC', () => {
    const { bundle } = read(
      'list.xspf',
      `<?xml version="1.0" encoding="UTF-8"?>
       <x:playlist version="1" xmlns:x="http://xspf.org/ns/0/" xmlns:vlc="http://www.videolan.org/vlc/playlist/ns/0/">
         <x:title>Flüsse &amp; Steine</x:title>
         <x:trackList><x:track><x:location>file:///a.flac</x:location><x:identifier>urn:isrc:DE-A61-24-00001</x:identifier>
           <x:title><![CDATA[Kies <bett>]]></x:title><x:creator>Trio</x:creator><x:duration>222000</x:duration>
           <x:extension application="http://www.videolan.org/vlc/playlist/0"><vlc:id>0</vlc:id></x:extension>
         </x:track><x:track><x:location>file:///b.flac</x:location></x:track></x:trackList>
       </x:playlist>`,
    );
    expect(bundle.playlists[0]?.name).toBe('Flüsse & Steine');
    expect(bundle.playlists[0]?.tracks).toEqual([
      trackOf({ title: 'Kies <bett>', artists: ['Trio'], durationMs: 222_000, isrc: 'DEA612400001' }),
    ]);
    expect(bundle.leftOut).toBe(1);
  });

  it('reads a JSPF whose identifiers are a text and whose track has extensions', () => {
    const { bundle } = read(
      'listenbrainz.jspf',
      JSON.stringify({
        playlist: {
          title: 'Weekly',
          track: [
            {
              title: 'Kiesbett',
              creator: 'Trio',
              album: 'Flussabwärts',
              duration: 222_000,
              identifier: 'https://musicbrainz.org/recording/8f3471b5-7e6a-48da-86a9-c1c07a0f47ae',
              extension: { 'https://musicbrainz.org/doc/jspf#track': { added_at: '2024-01-01' } },
            },
          ],
        },
      }),
    );
    expect(bundle.playlists[0]?.tracks).toEqual([
      trackOf({ title: 'Kiesbett', artists: ['Trio'], album: 'Flussabwärts', durationMs: 222_000 }),
    ]);
  });

  it('reads the tables of Exportify and of TuneMyMusic', () => {
    const exportify = read(
      'liked.csv',
      '"Track URI","Track Name","Album Name","Artist Name(s)","Release Date","Duration (ms)","Added At"\n' +
        '"spotify:track:1","Kiesbett, live","Flussabwärts","Trio;Chor","2024-01-01","222000","2024-05-06T07:08:09Z"\n',
    );
    expect(exportify.bundle.playlists).toEqual([
      {
        name: 'liked',
        description: '',
        tracks: [
          trackOf({
            title: 'Kiesbett, live',
            artists: ['Trio', 'Chor'],
            album: 'Flussabwärts',
            durationMs: 222_000,
            addedAt: '2024-05-06T07:08:09.000Z',
          }),
        ],
      },
    ]);
    const tuneMyMusic = read(
      'My Spotify Library.csv',
      'Track name,Artist name,Album,Playlist name,Type,ISRC,Spotify - id\nA,B,C,Eins,Playlist,DEA612400001,1\nD,E,F,Zwei,Playlist,,2\nG,H,I,Eins,Playlist,,3\n',
    );
    expect(tuneMyMusic.bundle.playlists.map(({ name, tracks }) => [name, tracks.length])).toEqual([
      ['Eins', 2],
      ['Zwei', 1],
    ]);
  });

  it('reads a table with semicolons and times of a German spreadsheet', () => {
    const { bundle } = read('Liste.csv', '\uFEFFTitel;Künstler;Album;Dauer\r\nKiesbett;Trio;Fluss;3:42\r\n');
    expect(bundle.playlists[0]?.tracks).toEqual([
      trackOf({ title: 'Kiesbett', artists: ['Trio'], album: 'Fluss', durationMs: 222_000 }),
    ]);
  });

  it('says where a table is broken, and when it names no titles', () => {
    const { failed } = readFiles([
      file('a.csv', 'Title,Artist\n"never closed,b\n'),
      file('b.csv', 'Price,Colour\n1,red\n'),
      file('c.txt', ' \n'),
      file('good.csv', 'Title\nA\n'),
    ]);
    expect(failed.map(({ name, error }) => [name, error.fault])).toEqual([
      ['a.csv', 'malformed'],
      ['b.csv', 'no_titles'],
      ['c.txt', 'empty'],
    ]);
  });
});

describe('what other services give their listeners', () => {
  const spotify = {
    'Playlist1.json': {
      playlists: [
        {
          name: 'Road',
          lastModifiedDate: '2024-01-02',
          description: null,
          items: [
            {
              track: {
                trackName: 'Kiesbett',
                artistName: 'Trio',
                albumName: 'Fluss',
                trackUri: 'spotify:track:1',
              },
              episode: null,
              localTrack: null,
              addedDate: '2024-01-02',
            },
            { track: null, episode: { episodeName: 'Talk' }, localTrack: null, addedDate: '2024-01-03' },
          ],
        },
      ],
    },
    'YourLibrary.json': {
      tracks: [{ artist: 'Trio', album: 'Fluss', track: 'Kiesbett', uri: 'spotify:track:1' }],
      albums: [{ artist: 'Trio', album: 'Fluss', uri: 'spotify:album:1' }],
      shows: [{ name: 'Talk' }],
      episodes: [],
      artists: [{ name: 'Trio', uri: 'spotify:artist:1' }],
    },
    'StreamingHistory_music_0.json': [
      { endTime: '2024-03-04 05:06', artistName: 'Trio', trackName: 'Kiesbett', msPlayed: 200_000 },
    ],
    'Streaming_History_Audio_2023_0.json': [
      {
        ts: '2023-03-04T05:06:07Z',
        ms_played: 1000,
        master_metadata_track_name: null,
        master_metadata_album_artist_name: null,
        master_metadata_album_album_name: null,
        episode_name: 'Talk',
      },
    ],
    'Payments.json': { payment_method: 'card' },
  };

  it('reads Spotify’s whole archive, and counts what is no music', () => {
    const archive = zipSync(
      Object.fromEntries(
        Object.entries(spotify).map(([name, value]) => [
          `Spotify Account Data/${name}`,
          strToU8(JSON.stringify(value)),
        ]),
      ),
    );
    const { bundle, read: files, failed } = readFiles([{ name: 'my_spotify_data.zip', bytes: archive }]);
    const kiesbett = trackOf({ title: 'Kiesbett', artists: ['Trio'], album: 'Fluss' });
    expect(bundle.playlists).toEqual([
      { name: 'Road', description: '', tracks: [{ ...kiesbett, addedAt: '2024-01-02T00:00:00.000Z' }] },
    ]);
    expect(bundle.savedTracks).toEqual([kiesbett]);
    expect(bundle.savedAlbums).toEqual([{ title: 'Fluss', artists: ['Trio'] }]);
    expect(bundle.savedArtists).toEqual(['Trio']);
    expect(bundle.plays).toEqual([
      {
        track: trackOf({ title: 'Kiesbett', artists: ['Trio'] }),
        playedAt: '2024-03-04T05:06:00.000Z',
        heardMs: 200_000,
      },
    ]);
    // An episode in a list, a show, an episode in the history.
    expect(bundle.leftOut).toBe(3);
    expect(files.map(({ format }) => format)).toEqual(['spotify', 'spotify', 'spotify', 'spotify']);
    expect(failed).toEqual([]);
  });

  it('reads the library that Music exports, its own lists left out', () => {
    const { bundle } = read(
      'Library.xml',
      `<?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
      <plist version="1.0"><dict>
        <key>Major Version</key><integer>1</integer>
        <key>Tracks</key><dict>
          <key>12</key><dict><key>Track ID</key><integer>12</integer><key>Name</key><string>Kiesbett</string>
            <key>Artist</key><string>Trio</string><key>Total Time</key><integer>222000</integer>
            <key>Date Added</key><date>2024-01-02T03:04:05Z</date><key>Loved</key><true/></dict>
          <key>13</key><dict><key>Track ID</key><integer>13</integer><key>Name</key><string>Schlag</string></dict>
        </dict>
        <key>Playlists</key><array>
          <dict><key>Name</key><string>Library</string><key>Master</key><true/>
            <key>Playlist Items</key><array><dict><key>Track ID</key><integer>12</integer></dict></array></dict>
          <dict><key>Name</key><string>Road</string>
            <key>Playlist Items</key><array><dict><key>Track ID</key><integer>13</integer></dict>
            <dict><key>Track ID</key><integer>12</integer></dict></array></dict>
        </array></dict></plist>`,
    );
    expect(bundle.playlists.map(({ name, tracks }) => [name, tracks.map(({ title }) => title)])).toEqual([
      ['Road', ['Schlag', 'Kiesbett']],
    ]);
    expect(bundle.savedTracks.map(({ title }) => title)).toEqual(['Kiesbett']);
  });

  it('puts Apple’s lists and their tracks together, in whichever order they come', () => {
    const { bundle } = readFiles([
      file(
        'Apple Music Library Playlists.json',
        JSON.stringify([
          { 'Container Type': 'Playlist', Title: 'Road', 'Playlist Item Identifiers': [7, 8] },
          { 'Container Type': 'Folder', Title: 'Trips' },
        ]),
      ),
      file(
        'Apple Music Library Tracks.json',
        JSON.stringify([
          {
            'Track Identifier': 7,
            Title: 'Kiesbett',
            Artist: 'Trio',
            Album: 'Fluss',
            'Track Duration': 222_000,
          },
        ]),
      ),
    ]);
    expect(bundle.playlists.map(({ name, tracks }) => [name, tracks.length])).toEqual([['Road', 1]]);
    expect(bundle.leftOut).toBe(1);
  });
});

describe('what is no list', () => {
  it.each([
    ['x.json', '{"a":1}', 'unknown_format'],
    ['x.json', '{"a":', 'malformed'],
    ['x.xml', '<a><b></a>', 'malformed'],
    ['x.xml', '<html/>', 'unknown_format'],
    ['x.bin', 'abc\0def', 'unknown_format'],
    ['x.zip', 'PK\u0003\u0004broken', 'malformed'],
  ])('%s %s is refused', (name, text, fault) => {
    expect(read(name, text).failed[0]?.error.fault).toBe(fault);
  });

  it('expands no entities and nests only so deep', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(10)}"><!ENTITY b "&a;&a;&a;">]><playlist><title>&b;</title><trackList/></playlist>`;
    expect(read('x.xspf', bomb).failed[0]?.error.fault).toBe('malformed');
    expect(read('x.xspf', '<a>'.repeat(200)).failed[0]?.error.fault).toBe('too_large');
  });

  it('never throws anything but its own error, and names every file', () => {
    assert(
      property(uint8Array({ maxLength: 60 }), constantFrom('a.m3u', 'a.csv', 'a'), (bytes, name) => {
        const { read: files, failed } = readFiles([{ name, bytes }]);
        expect(files.length + failed.length).toBe(1);
        expect(failed.every(({ error }) => error instanceof ExchangeError)).toBe(true);
      }),
    );
  });
});

const text = string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((value) => value.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF\u2028\u2029\uFEFF]/gu, ' ').trim())
  .filter((value) => value !== '');
const track: Arbitrary<ExchangeTrack> = record({
  title: text,
  artists: array(
    text.map((name) => name.replaceAll(';', ',').trim()),
    { minLength: 1, maxLength: 1 },
  ),
  album: option(text),
  durationMs: option(integer({ min: 1, max: 10_000 }).map((seconds) => seconds * 1000)),
  isrc: option(constantFrom('DEA612400001', 'USRC17607839')),
  catalogId: option(constantFrom('0a1b2c3d4e5f6g7h8i9j', 'zzzzzzzzzzzzzzzzzzzz')),
  addedAt: constant(null),
});
const playlist: Arbitrary<ExchangePlaylist> = record({
  name: text,
  description: constant(''),
  tracks: array(track, { minLength: 1, maxLength: 5 }),
});

const FORMATS = {
  XSPF: (list: ExchangePlaylist) => readXspf(writeXspf(list)).playlist,
  JSPF: (list: ExchangePlaylist) => playlistFromJspf(jspfSchema.parse(JSON.parse(writeJspf(list)))).playlist,
  CSV: (list: ExchangePlaylist) => readCsv(writeCsv([list])).playlists[0],
  // Has no place for codes.
  M3U8: (list: ExchangePlaylist) => {
    const { playlist: again } = readM3u(writeM3u(list));
    const tracks = again.tracks.map((entry, index) => ({ ...entry, isrc: list.tracks[index]?.isrc ?? null }));
    return { ...again, tracks };
  },
};

describe('what Riffle writes, it reads again', () => {
  it.each(Object.entries(FORMATS))('as %s', (_name, again) => {
    assert(
      property(playlist, (list) => {
        expect(again(list)).toEqual(list);
      }),
    );
  });

  it('with nothing that a spreadsheet would calculate', () => {
    const list = { name: 'a', description: '', tracks: [trackOf({ title: '=HYPERLINK("http://x")' })] };
    expect(writeCsv([list])).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});
