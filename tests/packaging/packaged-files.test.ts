import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuseFaults } from '../../scripts/verify-package/fuses.ts';
import { contentFaults, MOST_ADDED_BYTES } from '../../scripts/verify-package/packed-contents.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { hasSevenZip, packageApp, SEVEN_ZIP, type PackagedApp } from './packaged-app.ts';

/** What only the service and its tools may load. */
const SERVICE_PACKAGES =
  /node_modules\/(@aws-sdk|@smithy|fastify|@fastify|better-sqlite3|music-metadata|sharp)\//;
/** Words that no window or host has reason to say, and that the service cannot do without. */
const SERVICE_WORDS = [
  'S3Client',
  'PutObjectCommand',
  'aws4_request',
  'AWS_SECRET_ACCESS_KEY',
  'libebur128',
  'ffprobe',
];

describe('what is packed into the app', () => {
  let app: PackagedApp;
  beforeAll(async () => {
    app = await packageApp();
  }, 180_000);
  afterAll(() => app.remove());

  it('is the three bundles, the list of the window’s files and package.json, and nothing else', () => {
    const own =
      /^(dist\/app\/(main\/[\w.-]+\.js|preload\/index\.cjs|renderer\/.+|renderer-files\.json)|package\.json)$/;

    expect(app.files.filter((file) => !own.test(file))).toEqual([]);
    expect(app.files).toEqual(
      expect.arrayContaining([
        'dist/app/main/index.js',
        'dist/app/main/read-worker.js',
        'dist/app/preload/index.cjs',
        'dist/app/renderer/index.html',
        'dist/app/renderer-files.json',
        'package.json',
      ]),
    );
  });

  it('was built from no module of the service and without the S3 SDK', () => {
    for (const own of ['src/main/host.ts', 'src/preload/index.ts', 'src/renderer/main.tsx']) {
      expect(app.modules.filter((id) => id.endsWith(`/${own}`))).toHaveLength(1);
    }
    expect(app.modules.filter((id) => id.includes('/src/catalog/'))).toEqual([]);
    expect(app.modules.filter((id) => SERVICE_PACKAGES.test(id))).toEqual([]);
  });

  it('says none of the words that only the service needs', () => {
    const scripts = app.files.filter((file) => /\.(js|cjs|mjs|html)$/.test(file));
    const said = scripts.flatMap((file) => {
      const text = app.read(file).toString('utf8');
      return SERVICE_WORDS.filter((word) => text.includes(word)).map((word) => `${file}: ${word}`);
    });
    expect(scripts.length).toBeGreaterThan(3);
    expect(said).toEqual([]);
  });

  it('has no source maps, neither as files nor inside', () => {
    expect(app.files.filter((file) => file.endsWith('.map'))).toEqual([]);
    const scripts = app.files.filter((file) => /\.(js|cjs|css)$/.test(file));
    expect(scripts.filter((file) => app.read(file).includes('sourceMappingURL'))).toEqual([]);
  });

  it('asks at run time for nothing but Electron and Node', () => {
    const scripts = app.files.filter((file) => /^dist\/app\/(main|preload)\//.test(file));
    const wanted = scripts.flatMap((file) =>
      Array.from(
        app
          .read(file)
          .toString('utf8')
          .matchAll(/^(?:import\b[^;]*?from |import |.*\brequire\()["']([^"']+)["']/gm),
        (match) => match[1] ?? '',
      ),
    );
    expect(wanted.length).toBeGreaterThan(3);
    const isBeside = (name: string): boolean => app.files.includes(name.replace(/^\.\//, 'dist/app/main/'));
    const isElectron = (name: string): boolean => /^electron(\/\w+)?$/.test(name);
    expect(wanted.filter((name) => !isBuiltin(name) && !isElectron(name) && !isBeside(name))).toEqual([]);
  });

  it('lists exactly the window’s files that are there', () => {
    const listed = JSON.parse(app.read('dist/app/renderer-files.json').toString('utf8')) as string[];
    const packed = app.files
      .filter((file) => file.startsWith('dist/app/renderer/'))
      .map((file) => file.slice('dist/app/renderer/'.length));
    expect(listed.toSorted()).toEqual(packed.toSorted());
  });

  it('starts from what package.json names', () => {
    const manifest = JSON.parse(app.read('package.json').toString('utf8')) as Record<string, unknown>;
    expect(app.files).toContain(manifest['main']);
    expect(manifest['type']).toBe('module');
    expect(manifest).not.toHaveProperty('dependencies');
  });

  it('keeps the page free of inline scripts, which the policy would refuse', () => {
    const page = app.read('dist/app/renderer/index.html').toString('utf8');
    expect(page).toMatch(/<script[^>]+src="\/assets\//);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/\son\w+=/);
  });

  it('adds at most 15 MB to Electron, all of it one archive', () => {
    const bytes = app.added.reduce((sum, file) => sum + file.bytes, 0);
    expect(app.added.map(({ path }) => path)).toEqual(['resources/app.asar']);
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThanOrEqual(MOST_ADDED_BYTES);
  });

  it('has its fuses as they must be', async () => {
    expect(await fuseFaults(app.executable)).toEqual([]);
  });

  it.skipIf(!hasSevenZip)('is in the zip for Linux just as it is unpacked (needs 7za)', () => {
    const listed = spawnSync(SEVEN_ZIP, ['l', '-ba', '-slt', app.zip ?? ''], { encoding: 'utf8' }).stdout;
    const paths = Array.from(listed.matchAll(/^Path = (.+)$/gm), ([, path]) => path);
    expect(basename(app.zip ?? '')).toMatch(/^Riffle-\d+\.\d+\.\d+-linux-x64\.zip$/);
    expect(paths).toEqual(expect.arrayContaining(['riffle', 'resources/app.asar', 'locales/de.pak']));
    expect(paths.filter((path) => /asar\.unpacked|\.node$|\.map$|locales\/fr/.test(path ?? ''))).toEqual([]);
  });

  it('passes the check that a release is stopped by, which sees what must not be there', async () => {
    expect(contentFaults(app.archive)).toEqual([]);
    const folder = await temporaryFolder();
    for (const [path, content] of [
      ['package.json', '{}'],
      ['dist/app/main/index.js', 'new S3Client()'],
      ['dist/app/main/index.js.map', ''],
      ['src/catalog/store/s3-store.ts', ''],
      ['node_modules/better/better.node', ''],
    ] as const) {
      await mkdir(join(folder, 'app', path, '..'), { recursive: true });
      await writeFile(join(folder, 'app', path), content);
    }
    const archive = join(folder, 'bad.asar');
    await createPackage(join(folder, 'app'), archive);
    expect(contentFaults(archive).toSorted()).toEqual([
      'dist/app/main/index.js.map must not be packed',
      'dist/app/main/read-worker.js is missing',
      'dist/app/preload/index.cjs is missing',
      'dist/app/renderer-files.json is missing',
      'dist/app/renderer/index.html is missing',
      'node_modules/better/better.node must not be packed',
      'src/catalog/store/s3-store.ts must not be packed',
      'the archive says S3Client',
    ]);
  });
});
