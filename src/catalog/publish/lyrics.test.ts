import { describe, expect, it } from 'vitest';
import { lyricsFromText } from './lyrics.ts';

describe('lyrics', () => {
  it('reads LRC times in hundredths and thousandths, sorted', () => {
    expect(lyricsFromText('[ti:Song]\n[01:02.5]late\n[00:01.25]early\n[00:01.250] same')?.lines).toEqual([
      { atMs: 1250, text: 'early' },
      { atMs: 1250, text: 'same' },
      { atMs: 62_500, text: 'late' },
    ]);
  });

  it('repeats a line at each of its times', () => {
    expect(
      lyricsFromText('[00:01.00][00:05.00]chorus\n[00:03.00]verse')?.lines.map((line) => line.text),
    ).toEqual(['chorus', 'verse', 'chorus']);
  });

  it('honours the offset and drops word times', () => {
    expect(lyricsFromText('[offset:+500]\n[00:01.00]<00:01.00>one <00:01.50>two')?.lines).toEqual([
      { atMs: 500, text: 'one two' },
    ]);
  });

  it('keeps plain lyrics as lines without times, with the gaps between verses', () => {
    expect(lyricsFromText('\n\none\r\n\r\ntwo\n\n', 'deu')).toEqual({
      language: 'deu',
      lines: [
        { atMs: null, text: 'one' },
        { atMs: null, text: '' },
        { atMs: null, text: 'two' },
      ],
    });
  });

  it('is null when there is nothing to sing', () => {
    expect([lyricsFromText(''), lyricsFromText(' \n '), lyricsFromText('[00:01.00]\n')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('does not take [Chorus] for a time', () => {
    expect(lyricsFromText('[Chorus]\nla la', 'xxx')).toEqual({
      language: null,
      lines: [
        { atMs: null, text: '[Chorus]' },
        { atMs: null, text: 'la la' },
      ],
    });
  });
});
