import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioFile } from './read-audio-file.ts';
import { readAudioFile } from './read-audio-file.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { hashFile } from './hash-file.ts';

/** A flac made of a file that does not play as it is. It lies in a folder that goes away with `dispose`. */
export interface ConvertedFile extends AsyncDisposable {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly audio: AudioFile;
}

/**
 * Turns the first audio stream into flac, sample by sample the same. The same input gives the same bytes, so that an
 * interrupted run finds what it uploaded.
 *
 * @throws UnreadableFile when ffmpeg cannot decode it.
 */
export async function convertToFlac(
  ffmpeg: Ffmpeg,
  source: { readonly path: string; readonly sha256: string },
  scratchFolder: string,
  signal: AbortSignal,
): Promise<ConvertedFile> {
  await mkdir(scratchFolder, { recursive: true });
  const path = join(scratchFolder, `${source.sha256}.flac`);
  const dispose = (): Promise<void> => rm(path, { force: true });
  try {
    await ffmpeg.run(
      [
        '-y', '-i', source.path, '-map', '0:a:0', '-map_metadata', '-1', '-map_chapters', '-1',
        '-c:a', 'flac', '-compression_level', '8', '-bitexact', '-f', 'flac', path,
      ], // prettier-ignore
      { signal },
    );
    const { size: bytes } = await stat(path);
    const [sha256, audio] = await Promise.all([hashFile(path, bytes, signal), readAudioFile(path, bytes)]);
    return { path, bytes, sha256, audio, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
