/** Point 18 in practice: no address of the app’s own scheme leads to a file that the build did not list. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssets } from '../../src/main/assets/serve-assets.ts';

let folder = '';
let assets: ReturnType<typeof createAssets>;
const SECRET = 'the secret beside the window';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffle-protocol-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'renderer', 'index.html'), '<title>Riffle</title>');
  await writeFile(join(folder, 'renderer', 'assets', 'app.js'), 'app');
  await writeFile(join(folder, 'renderer', 'unlisted.js'), SECRET);
  await writeFile(join(folder, 'secret.txt'), SECRET);
  assets = createAssets({
    folder: join(folder, 'renderer'),
    files: ['index.html', 'assets/app.js'],
    shell: 'electron',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = async (path: string) => {
  const answer = await assets(new Request(`app://riffle${path}`));
  return { status: answer.status, text: await answer.text() };
};

describe('the window’s files', () => {
  it('are those that the build listed', async () => {
    expect((await ask('/assets/app.js')).text).toBe('app');
    expect((await ask('/')).text).toContain('Riffle');
  });

  it.each([
    ['traversal', '/../secret.txt'],
    ['traversal behind a folder', '/assets/../../secret.txt'],
    ['encoded dots', '/%2e%2e/secret.txt'],
    ['encoded slashes', '/..%2fsecret.txt'],
    ['double encoding', '/%252e%252e%252fsecret.txt'],
    ['overlong UTF-8', '/%c0%ae%c0%ae/secret.txt'],
    ['backslashes', '/..\\secret.txt'],
    ['encoded backslashes', '/..%5csecret.txt'],
    ['NUL', '/assets/app.js%00.txt'],
    ['a file that was not listed', '/unlisted.js'],
    ['an absolute path', '//etc/passwd'],
    ['a drive', '/C:/Windows/win.ini'],
    ['an address in the path', '/file:///etc/passwd'],
    ['a query that looks like one', '/index.html?file=../secret.txt'],
    ['a word of every object', '/__proto__'],
    ['half an escape', '/%'],
  ])('are nothing else for %s', async (_what, path) => {
    const { status, text } = await ask(path);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('root:');
    expect(status === 404 || status === 400 || text.includes('<title>Riffle</title>')).toBe(true);
  });
});
