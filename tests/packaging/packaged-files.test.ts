import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageApp, type PackagedApp } from './packaged-app.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');

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
      /^(dist\/app\/(main\/index\.js|preload\/index\.cjs|renderer\/.+|renderer-files\.json)|package\.json)$/;

    expect(app.files.filter((file) => !own.test(file))).toEqual([]);
    expect(app.files).toEqual(
      expect.arrayContaining([
        'dist/app/main/index.js',
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
    const wanted = ['dist/app/main/index.js', 'dist/app/preload/index.cjs'].flatMap((file) =>
      Array.from(
        app
          .read(file)
          .toString('utf8')
          .matchAll(/^(?:import\b[^;]*?from |import |.*\brequire\()["']([^"']+)["']/gm),
        (match) => match[1] ?? '',
      ),
    );
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter((name) => !/^(electron(\/\w+)?|node:.+)$/.test(name))).toEqual([]);
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
});

describe('the packaging configuration', () => {
  const text = readFileSync(join(REPOSITORY, 'electron-builder.yml'), 'utf8');

  it.each([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'grantFileProtocolExtraPrivileges: false',
    'asar: true',
    'npmRebuild: false',
    'perMachine: false',
  ])('says %s', (line) => {
    expect(text.split('\n').map((each) => each.trim())).toContain(line);
  });
});
