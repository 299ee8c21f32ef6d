import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLaunchArguments, type LaunchPlace } from './launch-arguments.ts';

const LINUX: LaunchPlace = { platform: 'linux', workingFolder: '/home/lena' };
const WINDOWS: LaunchPlace = { platform: 'win32', workingFolder: 'C:\\Users\\lena' };
const LINK = 'riffle://open/album/0123456789abcdefghij';
const ALBUM = { kind: 'album', id: '0123456789abcdefghij' };
const NOTHING = {
  service: null,
  profile: null,
  dataFolder: null,
  cacheFolder: null,
  isHidden: false,
  links: [],
  files: [],
  refused: [],
};

const read = (given: readonly string[], place = LINUX) => readLaunchArguments(given, place);

describe('a command line', () => {
  it.each([[[]], [['.']], [['--no-sandbox', '--type=renderer', '/some/folder', '-psn_0_1234']]])(
    'such as %j asks for nothing',
    (given) => {
      expect(read(given)).toEqual(NOTHING);
    },
  );

  it('names service, profile and folders, in either way of writing', () => {
    const given = [
      '--service=http://127.0.0.1:4620',
      '--profile',
      'Work',
      '--data',
      '/d',
      '--cache=/c',
      '--hidden',
    ];
    expect(read(given)).toEqual({
      ...NOTHING,
      service: 'http://127.0.0.1:4620',
      profile: 'work',
      dataFolder: '/d',
      cacheFolder: '/c',
      isHidden: true,
    });
  });

  it('opens a link, and playlists by path or address', () => {
    expect(read([LINK]).links).toEqual([ALBUM]);
    expect(read(['--', LINK]).links).toEqual([ALBUM]);
    expect(read(['--profile=work', LINK])).toMatchObject({ profile: 'work', links: [ALBUM] });
    expect(read(['a.m3u8', '/b/C.XSPF', 'file:///b/%C3%BC.m3u', './x/../d.m3u8']).files).toEqual([
      '/home/lena/a.m3u8',
      '/b/C.XSPF',
      '/b/ü.m3u',
      '/home/lena/d.m3u8',
    ]);
    expect(read(['D:\\music\\a.m3u8', 'b.m3u8', 'file:///C:/c.m3u8'], WINDOWS).files).toEqual([
      'D:\\music\\a.m3u8',
      'C:\\Users\\lena\\b.m3u8',
      'C:\\c.m3u8',
    ]);
  });

  it.each([
    ['an option behind a link', [LINK, '--gpu-launcher=calc']],
    ['an option of ours behind a link', [LINK, '--service=http://evil.example']],
    ['an option behind a link that is none', ['riffle://x', '--profile=other']],
    ['a link where a value should be', ['--service', LINK, '--data=/tmp']],
    ['an option behind a file', ['a.m3u8', '--data=/tmp']],
    ['an option behind the end of options', ['--', '--data=/tmp', LINK]],
  ])('with %s is followed in nothing', (_what, given) => {
    expect(read(given)).toMatchObject({ ...NOTHING, refused: expect.arrayContaining(['order']) });
  });

  it.each<[string, readonly string[], LaunchPlace, string]>([
    ['a link that is none', ['riffle://evil.example/'], LINUX, 'link'],
    ['a second link', [LINK, LINK], LINUX, 'link'],
    ['a share of another computer', ['\\\\server\\share\\a.m3u8'], WINDOWS, 'file'],
    ['the same with slashes', ['//server/share/a.m3u8'], WINDOWS, 'file'],
    ['a device', ['\\\\.\\pipe\\a.m3u8'], WINDOWS, 'file'],
    ['an address of another computer', ['file://server/share/a.m3u8'], WINDOWS, 'file'],
    ['an address of another computer', ['file://server/a.m3u8'], LINUX, 'file'],
    ['an address that leads to a share', ['file:////server/share/a.m3u8'], WINDOWS, 'file'],
    ['an address with a hidden slash', ['file:///a%2fb.m3u8'], LINUX, 'file'],
    ['an address that is no playlist', ['file:///etc/passwd'], LINUX, 'file'],
    ['a path with NUL', ['/a\0.m3u8'], LINUX, 'file'],
    ['a profile that is a path', ['--profile=../x'], LINUX, 'profile'],
    ['a profile that is a device', ['--profile=NUL'], WINDOWS, 'profile'],
    ['a profile that is too long', [`--profile=${'a'.repeat(33)}`], LINUX, 'profile'],
  ])('with %s says so, and goes no further', (_what, given, place, refused) => {
    const result = read(given, place);
    expect(result.refused).toEqual([refused]);
    expect(result.files).toEqual([]);
    expect(result.profile).toBeNull();
  });

  it('opens some files, not thousands', () => {
    const given = Array.from({ length: 30 }, (_, number) => `/${number}.m3u8`);
    expect(read(given)).toMatchObject({ files: { length: 20 }, refused: ['file'] });
  });

  it('is read without a throw, whatever it is, and never gives an option that stands behind a link', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '--',
        '--data',
        '--data=/x',
        '--service',
        '-',
        LINK,
        'a.m3u8',
        'riffle:',
        'file://',
        '=',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(word), fc.array(word), fc.constantFrom(LINUX, WINDOWS), (before, after, place) => {
        const whole = readLaunchArguments([...before, LINK, ...after], place);
        const first = readLaunchArguments([...before, LINK], place);
        expect([whole.dataFolder, whole.service]).toEqual([first.dataFolder, first.service]);
      }),
    );
  });
});
