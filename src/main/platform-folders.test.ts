import { describe, expect, it } from 'vitest';
import { platformFolders } from './platform-folders.ts';

describe('where Riffle keeps its things', () => {
  it('is the roaming and the local folder on Windows', () => {
    const environment = { APPDATA: 'D:\\Roaming', LOCALAPPDATA: 'D:\\Local' };
    expect(platformFolders('win32', environment, 'C:\\Users\\ada')).toEqual({
      data: 'D:\\Roaming\\Riffle',
      cache: 'D:\\Local\\Riffle\\Cache',
      session: 'D:\\Local\\Riffle\\Session',
    });
    expect(platformFolders('win32', {}, 'C:\\Users\\ada')).toEqual({
      data: 'C:\\Users\\ada\\AppData\\Roaming\\Riffle',
      cache: 'C:\\Users\\ada\\AppData\\Local\\Riffle\\Cache',
      session: 'C:\\Users\\ada\\AppData\\Local\\Riffle\\Session',
    });
  });

  it('is the library on macOS', () => {
    expect(platformFolders('darwin', {}, '/Users/ada')).toEqual({
      data: '/Users/ada/Library/Application Support/Riffle',
      cache: '/Users/ada/Library/Caches/Riffle',
      session: '/Users/ada/Library/Application Support/Riffle/Session',
    });
  });

  it('is what XDG says on Linux, unless that is relative', () => {
    expect(platformFolders('linux', { XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: '/k' }, '/home/ada')).toEqual({
      data: '/c/riffle',
      cache: '/k/riffle',
      session: '/c/riffle/Session',
    });
    expect(platformFolders('linux', { XDG_CONFIG_HOME: 'c', XDG_CACHE_HOME: '' }, '/home/ada')).toEqual({
      data: '/home/ada/.config/riffle',
      cache: '/home/ada/.cache/riffle',
      session: '/home/ada/.config/riffle/Session',
    });
  });
});
