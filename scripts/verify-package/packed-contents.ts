/** What may lie in a package, and what it may weigh. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage, statFile } from '@electron/asar';

/** What the app may add, unpacked, to Electron's own files. */
export const MOST_ADDED_BYTES = 15_000_000;

const OWN_FILES =
  /^(dist\/app\/(main\/[\w.-]+\.js|preload\/index\.cjs|renderer\/.+|renderer-files\.json)|package\.json)$/;
const NEVER = /\.(map|ts|tsx|node|sqlite)$|(^|\/)(node_modules|catalog|src|tests)\//;
const NEEDED = [
  'dist/app/main/index.js',
  'dist/app/main/read-worker.js',
  'dist/app/preload/index.cjs',
  'dist/app/renderer/index.html',
  'dist/app/renderer-files.json',
  'package.json',
];
/** Words that only the service has reason to say. */
const SERVICE_WORDS = ['S3Client', 'PutObjectCommand', 'AWS_SECRET_ACCESS_KEY', 'better-sqlite3'];

export interface PackedFile {
  /** `/`-separated, within the archive. */
  readonly path: string;
  readonly bytes: number;
}

export const packedFiles = (archive: string): readonly PackedFile[] =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .flatMap((path) => {
      const entry = statFile(archive, path.replaceAll('/', process.platform === 'win32' ? '\\' : '/'), false);
      return 'size' in entry ? [{ path, bytes: entry.size }] : [];
    });

/** Everything that is wrong with what was packed; empty when all is well. */
export const contentFaults = (archive: string): readonly string[] => {
  const files = packedFiles(archive);
  const names = new Set(files.map(({ path }) => path));
  const text = readFileSync(archive).toString('latin1');
  const { size } = statSync(archive);
  return [
    ...files
      .filter(({ path }) => !OWN_FILES.test(path) || NEVER.test(path))
      .map(({ path }) => `${path} must not be packed`),
    ...NEEDED.filter((path) => !names.has(path)).map((path) => `${path} is missing`),
    ...SERVICE_WORDS.filter((word) => text.includes(word)).map((word) => `the archive says ${word}`),
    ...(size > MOST_ADDED_BYTES ? [`the archive weighs ${size} bytes, more than ${MOST_ADDED_BYTES}`] : []),
  ];
};

/** The archive within a packaged app: `…/resources` on Windows and Linux, `…/Contents/Resources` in a Mac's bundle. */
export const archiveIn = (resources: string): string => join(resources, 'app.asar');
