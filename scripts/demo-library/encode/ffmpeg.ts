import { spawn } from 'node:child_process';

/** ffmpeg is not there, or it failed; the message says which and what to do. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError';
}

/** Runs ffmpeg with `input` on its standard input; throws an `FfmpegError` with its last words when it fails. */
export async function ffmpeg(args: readonly string[], input: Buffer): Promise<void> {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new FfmpegError(
          'ffmpeg was not found. Install it (Debian: apt-get install ffmpeg) and run this again.',
          { cause },
        ),
      ),
    );
    child.on('close', resolve);
    // A dead ffmpeg closes its input early; its exit code tells the story, the broken pipe does not.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') reject(error);
    });
    child.stdin.end(input);
  });
  if (code !== 0) throw new FfmpegError(`ffmpeg ended with code ${code}: ${words.trim()}`);
}

/** Fails at once, before a minute of synthesis, when ffmpeg is missing or lacks an encoder. */
export async function requireFfmpeg(): Promise<void> {
  const silence = Buffer.alloc(48_000);
  for (const encoder of ['libopus', 'libvorbis', 'libmp3lame', 'aac', 'flac']) {
    await ffmpeg(
      ['-f', 's16le', '-ar', '48000', '-ac', '1', '-i', 'pipe:0', '-c:a', encoder, '-f', 'null', '-'],
      silence,
    );
  }
}
