/** What a bench stands on: the real programs as processes of their own, a browser, music of a known format. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { buildIfStale } from '../../scripts/start/build-if-stale.ts';
import { createProcesses } from '../../scripts/start/processes.ts';
import { portOf } from '../../tests/e2e/support/stack.ts';
import type { ShapedLink } from '../../tests/network-link/shaped-link.ts';

export const root = join(import.meta.dirname, '../..');
export const DEBIAN_CHROMIUM = '/usr/bin/chromium';

export interface Program {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const startProgram = async (name: string, args: readonly string[]): Promise<Program> => {
  const processes = createProcesses(root);
  const ready = await processes.startServer(name, args);
  const [pid] = processes.pids();
  if (pid === undefined) throw new Error(`${name} has no process`);
  return { url: String(ready['url']), pid, stop: () => processes.stopAll() };
};

/** A catalog service that is reached through a link, and signs addresses that lead through it as well. */
export const startServiceBehind = async (
  link: ShapedLink,
  storeFolder: string,
  indexFolder: string,
): Promise<Program> => {
  const service = await startProgram(
    'the catalog service',
    [
      [join(root, 'src/catalog/cli.ts'), 'serve', '--log-level', 'error', '--json'],
      ['--store', storeFolder, '--index', indexFolder, '--port', '0', '--public-url', link.url],
    ].flat(),
  );
  link.leadTo(portOf(service.url));
  return service;
};

const RENDERER = join(root, 'dist/app/renderer');

export const startShell = (
  serviceUrl: string,
  dataFolder: string,
  assetsFolder = RENDERER,
): Promise<Program> =>
  startProgram(
    'the app',
    [
      [join(root, 'src/main/shells/web/cli.ts'), '--no-open', '--json'],
      ['--service', serviceUrl, '--data', dataFolder, '--port', '0'],
      ['--assets', assetsFolder],
    ].flat(),
  );

/** Builds the window and copies it, so that what a bench measures stays the same while somebody works on it. */
export const buildWindow = async (folder: string): Promise<string> => {
  buildIfStale(root);
  const assetsFolder = join(folder, 'window');
  await cp(RENDERER, assetsFolder, { recursive: true });
  return assetsFolder;
};

export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
] as const;

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
    args: [...BROWSER_ARGUMENTS],
  });

const FORMATS = {
  mp3: { extension: 'mp3', codec: ['-c:a', 'libmp3lame'], container: [] },
  flac: { extension: 'flac', codec: ['-c:a', 'flac'], container: [] },
  m4a: { extension: 'm4a', codec: ['-c:a', 'aac'], container: ['-movflags', '+faststart'] },
  'late m4a': { extension: 'm4a', codec: ['-c:a', 'aac'], container: [] },
  ogg: { extension: 'ogg', codec: ['-c:a', 'libvorbis'], container: [] },
} as const;
export type FormatName = keyof typeof FORMATS;

/** A tone with a little noise, so that lossless formats have something to write. */
export interface ToneFile {
  readonly format: FormatName;
  readonly seconds: number;
  /** Constant where the codec can; ignored by flac. */
  readonly kilobitsPerSecond: number;
  /** At −34 dBFS until then, so that a jump past it can be told by its level. */
  readonly quietSeconds?: number;
}

const ffmpeg = async (args: readonly string[]): Promise<void> => {
  try {
    await promisify(execFile)('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args]);
  } catch (error) {
    throw new Error('This bench needs ffmpeg to make its music; it is not there, or it failed.', {
      cause: error,
    });
  }
};

/** 16 bit, stereo, 44.1 kHz; 441 Hz at −6 dBFS. Gives the path, which is `pathWithoutExtension` and what the format adds. */
export const encodeTone = async (pathWithoutExtension: string, tone: ToneFile): Promise<string> => {
  const { format, seconds, kilobitsPerSecond, quietSeconds = 0 } = tone;
  const { extension, codec } = FORMATS[format];
  const path = `${pathWithoutExtension}.${extension}`;
  // The synthesiser's sine is at an eighth of full scale.
  const volume = quietSeconds === 0 ? '4' : `'if(lt(t,${quietSeconds}),0.16,4)':eval=frame`;
  const sine = `sine=frequency=441:sample_rate=44100:duration=${seconds},volume=${volume}`;
  const noise = `anoisesrc=sample_rate=44100:amplitude=0.002:duration=${seconds}:seed=1`;
  await ffmpeg(
    [
      ['-f', 'lavfi', '-i', sine, '-f', 'lavfi', '-i', noise],
      ['-filter_complex', '[0][1]amix=inputs=2:normalize=0,pan=stereo|c0=c0|c1=c0'],
      format === 'flac' ? ['-sample_fmt', 's16'] : ['-b:a', `${kilobitsPerSecond}k`],
      codec,
      [path],
    ].flat(),
  );
  return path;
};

/** The same sound as another track, which is another file because of its tags. */
export const copyAsTrack = (
  source: string,
  target: string,
  format: FormatName,
  tags: { readonly album: string; readonly title: string; readonly number: number },
): Promise<void> =>
  ffmpeg(
    [
      ['-i', source, '-map_metadata', '-1', '-metadata', 'artist=Bench', '-metadata', `album=${tags.album}`],
      ['-metadata', `title=${tags.title}`, '-metadata', `track=${tags.number}`],
      ['-c', 'copy', ...FORMATS[format].container, target],
    ].flat(),
  );
