import { mkdtempDisposable, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWavCodec } from './wav-codec.ts';

const chunk = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};
const format = (tag: number, subformat?: number): Buffer => {
  const body = Buffer.alloc(subformat === undefined ? 16 : 40);
  body.writeUInt16LE(tag, 0);
  if (subformat !== undefined) body.writeUInt16LE(subformat, 24);
  return chunk('fmt ', body);
};
const RIFF = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
const DATA = chunk('data', Buffer.alloc(64));

describe('the codec of a wav', () => {
  it.each([
    ['plain samples', Buffer.concat([RIFF, format(1), DATA]), 'integer'],
    ['floating point', Buffer.concat([RIFF, format(3), DATA]), 'float'],
    ['an extensible header over samples', Buffer.concat([RIFF, format(0xfffe, 1), DATA]), 'integer'],
    [
      'a chunk of odd length before it',
      Buffer.concat([RIFF, chunk('junk', Buffer.alloc(3)), format(1), DATA]),
      'integer',
    ],
    ['compressed audio', Buffer.concat([RIFF, format(2), DATA]), null],
    ['no format at all', Buffer.concat([RIFF, DATA]), null],
  ])('with %s', async (_what, bytes, codec) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'riffle-wav-'));
    const path = join(folder.path, 'x.wav');
    await writeFile(path, bytes);
    await using file = await open(path);
    expect(await readWavCodec(file)).toBe(codec);
  });
});
