import { open, type FileHandle } from 'node:fs/promises';
import type { SeekPoints } from '../../contract/seek-points.ts';
import { recogniseAudio, type AudioContent } from './audio-content.ts';
import { adtsWalk, flacWalk, mp3Walk, type FrameWalk } from './frame-walk.ts';
import { createPointCollector } from './point-collector.ts';

const WINDOW_BYTES = 1024 * 1024;

const walkOf = ({ container, audioOffset }: AudioContent, file: FileHandle): Promise<FrameWalk | null> => {
  switch (container) {
    case 'mp3':
      return mp3Walk(file, audioOffset);
    case 'adts':
      return adtsWalk(file, audioOffset);
    case 'flac':
      return flacWalk(file, audioOffset);
    case 'mp4':
    case 'ogg':
    case 'wav':
    case 'aiff':
      return Promise.resolve(null);
  }
};

/**
 * Reads a file from end to end to know where its frames lie. Null for formats that have an index of their own, or need none, and
 * for what holds less than a second. Rejects with the system's error, or with the signal's reason.
 */
export const readSeekPoints = async (
  path: string,
  fileBytes: number,
  signal: AbortSignal,
): Promise<SeekPoints | null> => {
  await using file = await open(path, 'r');
  const content = await recogniseAudio(file);
  const walk = content === null ? null : await walkOf(content, file);
  if (walk === null) return null;
  const points = createPointCollector(walk.frameSamples, walk.sampleRateHz);
  const buffer = Buffer.allocUnsafe(Math.min(WINDOW_BYTES + walk.reach, fileBytes));
  let frame = 0;
  let position = walk.firstByte;
  while (position < fileBytes) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) break;
    const window = buffer.subarray(0, bytesRead);
    const isLast = position + bytesRead >= fileBytes;
    let index = 0;
    while (index < (isLast ? bytesRead : bytesRead - walk.reach)) {
      const step = walk.stepAt(window, index, frame, fileBytes - position - index);
      if (step === null) return points.finish();
      if (step.isFrame) {
        points.add(position + index);
        frame += 1;
      }
      index += step.bytes;
    }
    position += index;
  }
  return points.finish();
};
