import { readFile, stat } from 'node:fs/promises';
import { TimestampFormat } from 'music-metadata';
import type { IAudioMetadata } from 'music-metadata';
import type { Lyrics } from '../../contract/catalog-http.ts';
import { isTimed, lyricsFromLines, lyricsFromText } from './lyrics.ts';

const LARGEST_LYRICS_BYTES = 1024 * 1024;

/** The lyrics of a file: with times before plain, an `.lrc` beside the file before its tags. */
export async function readLyrics(
  metadata: IAudioMetadata,
  lyricsPath: string | null,
): Promise<Lyrics | null> {
  const beside = lyricsPath === null ? null : await readLrc(lyricsPath);
  const candidates = [beside, ...lyricsOfTags(metadata)].filter((lyrics) => lyrics !== null);
  return candidates.find(isTimed) ?? candidates[0] ?? null;
}

async function readLrc(path: string): Promise<Lyrics | null> {
  if ((await stat(path)).size > LARGEST_LYRICS_BYTES) return null;
  const bytes = await readFile(path);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return lyricsFromText(new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes));
}

function lyricsOfTags({ common }: IAudioMetadata): readonly (Lyrics | null)[] {
  return (common.lyrics ?? []).map((tag) => {
    const language = tag.language ?? null;
    const timed = tag.syncText.filter((line) => line.timestamp !== undefined);
    // Times counted in MPEG frames mean nothing to a player: such lyrics are read as plain ones.
    if (timed.length === 0 || tag.timeStampFormat === TimestampFormat.mpegFrameNumber) {
      return lyricsFromText(tag.text ?? tag.syncText.map((line) => line.text).join('\n'), language);
    }
    return lyricsFromLines(
      timed.map((line) => ({ atMs: Math.max(0, Math.round(line.timestamp ?? 0)), text: line.text.trim() })),
      language,
    );
  });
}
