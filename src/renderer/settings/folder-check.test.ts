import { describe, expect, it } from 'vitest';
import { checkFolder } from './folder-check.ts';

describe('a folder to move to', () => {
  it.each([
    ['', 'linux', 'empty'],
    ['   ', 'linux', 'empty'],
    ['music', 'linux', 'relative'],
    ['~/music', 'linux', 'relative'],
    ['/media/disk', 'linux', null],
    ['/home/nils/.cache/riffle', 'linux', 'inside'],
    ['/home/nils/.cache/riffle/', 'linux', 'inside'],
    ['/home/nils/.cache/riffle/deep/er', 'linux', 'inside'],
    ['/home/nils/.cache/riffles', 'linux', null],
    ['/home/nils/.cache', 'linux', null],
    ['/HOME/nils/.cache/riffle', 'linux', null],
    ['/HOME/nils/.cache/riffle', 'darwin', 'inside'],
  ] as const)('%j on %s: %s', (typed, platform, problem) => {
    expect(checkFolder(typed, '/home/nils/.cache/riffle', platform)).toBe(problem);
  });

  it('may be on any disk of Windows, in either spelling', () => {
    const now = 'C:\\Users\\Nils\\Riffle';
    expect(checkFolder('D:\\Music', now, 'win32')).toBeNull();
    expect(checkFolder('d:/Music', now, 'win32')).toBeNull();
    expect(checkFolder('\\\\server\\music', now, 'win32')).toBeNull();
    expect(checkFolder('Music', now, 'win32')).toBe('relative');
    expect(checkFolder('c:/users/nils/riffle/more', now, 'win32')).toBe('inside');
  });

  it('is not the one around the folder that it would make anew', () => {
    expect(checkFolder('/media/disk', '/media/disk/Riffle', 'linux')).toBe('inside');
    expect(checkFolder('C:\\Users\\Nils', 'C:\\Users\\Nils\\Riffle', 'win32')).toBe('inside');
  });
});
