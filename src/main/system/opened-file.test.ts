import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOpenedFile } from './opened-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffle-opened-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe('a playlist file that was opened', () => {
  it('is handed on as text, without its mark of byte order', async () => {
    const path = await write('Straße.m3u8', '\uFEFF#EXTM3U\nLöss.flac\n');
    expect(await readOpenedFile(path)).toEqual({
      kind: 'import',
      fileName: 'Straße.m3u8',
      text: '#EXTM3U\nLöss.flac\n',
    });
  });

  it('is read up to its limit, and not beyond', async () => {
    expect(await readOpenedFile(await write('full.m3u8', 'x'.repeat(64)), 64)).toMatchObject({
      kind: 'import',
    });
    expect(await readOpenedFile(await write('over.m3u8', 'x'.repeat(65)), 64)).toEqual({
      kind: 'import_failed',
      fileName: 'over.m3u8',
      reason: 'too_large',
    });
  });

  it.each([
    ['another encoding', Buffer.from([0x4c, 0xf6, 0x73, 0x73])],
    ['overlong UTF-8', Buffer.from([0xc0, 0xaf])],
    ['NUL', Buffer.from('a\0b')],
  ])('is no text with %s', async (_what, bytes) => {
    expect(await readOpenedFile(await write('bytes.m3u8', bytes))).toMatchObject({ reason: 'no_text' });
  });

  it('that is not there, or is a folder, is unreadable', async () => {
    expect(await readOpenedFile(join(folder, 'none.m3u8'))).toMatchObject({ reason: 'unreadable' });
    expect(await readOpenedFile(folder)).toMatchObject({ reason: 'unreadable' });
  });

  it.skipIf(process.platform === 'win32')('that is a pipe keeps nobody waiting', async () => {
    const path = join(folder, 'pipe.m3u8');
    execFileSync('mkfifo', [path]);
    await chmod(path, 0o600);
    expect(await readOpenedFile(path)).toMatchObject({ reason: 'unreadable' });
  });

  it.skipIf(process.platform === 'win32')('is not named by what could turn a line around', async () => {
    expect(await readOpenedFile(await write('a\u202Egpj.m3u8', ''))).toEqual({
      kind: 'import',
      fileName: '…',
      text: '',
    });
  });
});
