import { describe, expect, it } from 'vitest';
import { parsePlays } from './plays-file.ts';

describe('the plays file', () => {
  it('reads plays by path, quoted where a comma is in it', () => {
    const plays = parsePlays('path,plays\r\n"Ada/Lieder, live/01 ""x"".mp3",12\r\nb.mp3,0\r\n', 'plays.csv');
    expect(plays.of('Ada/Lieder, live/01 "x".mp3', null)).toBe(12);
    expect(plays.of('b.mp3', null)).toBe(0);
    expect(plays.of('c.mp3', null)).toBeNull();
  });

  it('reads plays by ISRC however it is written, adding up', () => {
    const plays = parsePlays('\ufeffplays,isrc\n3,DE-A61-24-00001\n4,dea612400001', 'plays.csv');
    expect(plays.of('any', 'DEA612400001')).toBe(7);
  });

  it.each(['', 'title,plays\na,1', 'path\na', 'path,plays\na,many', 'path,plays\na,-1', 'path,plays\n"a,1'])(
    'refuses %j with a reason',
    (text) => {
      expect(() => parsePlays(text, 'plays.csv')).toThrow(/plays file plays\.csv cannot be used/);
    },
  );
});
